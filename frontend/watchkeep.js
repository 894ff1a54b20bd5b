// What the page does beyond HTML: errors take the focus, a form is sent once, the menu folds on a narrow screen.
// Every page works without this file.
import { Button, ErrorSummary, NotificationBanner, ServiceNavigation, createAll } from "govuk-frontend";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(ErrorSummary);
createAll(NotificationBanner);
createAll(ServiceNavigation);
createAll(Button, { preventDoubleClick: true });

// A select marked so sends its form when it changes; its button stays for everybody else.
document.addEventListener("change", (event) => {
  if (event.target instanceof HTMLSelectElement && event.target.hasAttribute("data-send-on-change")) {
    event.target.form.requestSubmit();
  }
});
