"""Every page's address. Who may open it stands in permissions.py."""

from __future__ import annotations

from django.urls import path, re_path

from watchkeep.web.account import tokens
from watchkeep.web.account import views as account
from watchkeep.web.answer import views as answer
from watchkeep.web.boards import meetings
from watchkeep.web.boards import views as boards
from watchkeep.web.bring_in import views as bring_in
from watchkeep.web.compare import views as compare
from watchkeep.web.controls import acting as controls_acting
from watchkeep.web.controls import checking as controls_checking
from watchkeep.web.controls import views as controls
from watchkeep.web.discussion import views as discussion
from watchkeep.web.forecasts import views as forecasts
from watchkeep.web.gallery import views as gallery
from watchkeep.web.history import views as history
from watchkeep.web.home import views as home
from watchkeep.web.indicators import acting as indicators_acting
from watchkeep.web.indicators import saying as indicators_saying
from watchkeep.web.indicators import views as indicators
from watchkeep.web.indicators.bring_in import views as readings
from watchkeep.web.indicators.feeds import views as feeds
from watchkeep.web.notices import views as notices
from watchkeep.web.papers import acting as papers_acting
from watchkeep.web.papers import views as papers
from watchkeep.web.promises import answering as promising
from watchkeep.web.promises import looking, tying
from watchkeep.web.promises import views as promises
from watchkeep.web.register import kept, together
from watchkeep.web.register import views as register
from watchkeep.web.review import views as review
from watchkeep.web.risk import bearing, moving, readers, resting
from watchkeep.web.risk import editing as risk_editing
from watchkeep.web.risk import views as risk
from watchkeep.web.search import views as search
from watchkeep.web.settings.appetite import views as appetite
from watchkeep.web.settings.body import views as body
from watchkeep.web.settings.people import views as people
from watchkeep.web.settings.posts import views as posts
from watchkeep.web.settings.registers import views as kept_registers
from watchkeep.web.settings.roles import views as roles
from watchkeep.web.settings.scales import views as scales
from watchkeep.web.settings.units import views as units
from watchkeep.web.sign_in import views as sign_in
from watchkeep.web.sorting import views as sorting
from watchkeep.web.words import views as words

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in", sign_in.sign_in, name="account_login"),  # the name that django-allauth leads to
    path("sign-in/code", sign_in.code, name="mfa_authenticate"),
    path("sign-in/forgotten", sign_in.forgotten, name="account_reset_password"),
    path("sign-in/forgotten/sent", sign_in.sent, name="link-sent"),
    path("sign-in/choose/done", sign_in.chosen, name="password-chosen"),
    re_path(
        "^sign-in/choose/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        sign_in.choose,
        name="account_reset_password_from_key",
    ),
    path("account", account.overview, name="mfa_index"),
    path("account/password", account.change_password, name="account_change_password"),
    path("account/again", account.again, name="account_reauthenticate"),
    path("account/again/code", account.code_again, name="mfa_reauthenticate"),
    path("account/code/on", account.turn_on, name="mfa_activate_totp"),
    path("account/code/off", account.turn_off, name="mfa_deactivate_totp"),
    path("account/codes", account.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/codes/new", account.new_codes, name="mfa_generate_recovery_codes"),
    path("account/tokens", tokens.tokens, name="tokens"),
    path("account/tokens/new", tokens.make_token, name="make-token"),
    path("account/tokens/<uuid:id>/stop", tokens.stop_token, name="stop-token"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("notices", notices.notices, name="notices"),
    path("answer/<slug:secret>", answer.answer, name="answer"),
    path("register", register.register, name="register"),
    path("register/together", together.together, name="together"),
    path("register/views", kept.save_view, name="save-view"),
    path("register/views/<uuid:id>", kept.view, name="view"),
    path("register/views/<uuid:id>/drop", kept.drop_view, name="drop-view"),
    path("register/file/<slug:kind>", register.register_file, name="register-file"),
    path("register/close", risk.close, name="close"),
    path("register/words", words.words, name="words"),
    path("register/words/answer", words.answer, name="words-answer"),
    path("register/words/take-back", words.take_back, name="words-take-back"),
    path("register/words/file/<slug:kind>", words.words_file, name="words-file"),
    path("risks/<path:key>", risk.risk, name="risk"),
    path("risk/new", risk_editing.risk_new, name="risk-new"),
    path("risk/edit/<path:key>", risk_editing.risk_edit, name="risk-edit"),
    path("risk/assess/<path:key>", risk_editing.risk_assess, name="risk-assess"),
    path("risk/open/<path:key>", moving.risk_open, name="risk-open"),
    path("risk/escalate/<path:key>", moving.risk_escalate, name="risk-escalate"),
    path("risk/return/<path:key>", moving.risk_return, name="risk-return"),
    path("risk/bring-back/<path:key>", moving.risk_bring_back, name="risk-bring-back"),
    path("risk/merge/<path:key>", moving.risk_merge, name="risk-merge"),
    path("risk/reopen/<path:key>", moving.risk_reopen, name="risk-reopen"),
    path("risk/link/<path:key>", bearing.risk_link_new, name="risk-link-new"),
    path("risk/link-end/<path:key>", bearing.risk_link_end, name="risk-link-end"),
    path("risk/link-look/<path:key>", bearing.risk_link_look, name="risk-link-look"),
    path("risk/event/<path:key>", bearing.risk_event, name="risk-event"),
    path("risk/readers/<path:key>", readers.risk_readers, name="risk-readers"),
    path("risk/readers-open/<path:key>", readers.risk_readers_open, name="risk-readers-open"),
    path("risk/rests/<path:key>", resting.risk_rests, name="risk-rests"),
    path("risk/rests-file/<path:key>", resting.risk_rests_file, name="risk-rests-file"),
    path("risk/rests-indicator/<path:key>", resting.risk_rests_indicator, name="risk-rests-indicator"),
    path("risk/rests-reading/<path:key>", resting.risk_rests_reading, name="risk-rests-reading"),
    path("risk/judge/<path:key>", resting.risk_judge, name="risk-judge"),
    path("risk/look/<path:key>", resting.risk_look, name="risk-look"),
    path("risk/take-off/<path:key>", resting.risk_take_off, name="risk-take-off"),
    path("promises", promises.promises, name="promises"),
    path("promises/export/<slug:kind>", promises.promises_file, name="promises-file"),
    path("promises/new", promising.promise_new, name="promise-new"),
    path("promises/<slug:reference>", promises.promise, name="promise"),
    path("promises/<slug:reference>/amend", promising.promise_amend, name="promise-amend"),
    path("promises/<slug:reference>/slip", promising.promise_slip, name="promise-slip"),
    path("promises/<slug:reference>/done", promising.promise_done, name="promise-done"),
    path("promises/<slug:reference>/drop", promising.promise_drop, name="promise-drop"),
    path("promises/<slug:reference>/again", promising.promise_again, name="promise-again"),
    path("promises/<slug:reference>/effect", promising.promise_effect, name="promise-effect"),
    path("promises/<slug:reference>/expect", looking.promise_expect, name="promise-expect"),
    path("promises/<slug:reference>/needs", tying.promise_needs, name="promise-needs"),
    path("promises/<slug:reference>/needs/<uuid:id>/end", tying.promise_freed, name="promise-freed"),
    path("promises/<slug:reference>/risks", tying.promise_bears, name="promise-bears"),
    path("promises/<slug:reference>/risks/<uuid:id>/end", tying.promise_leaves, name="promise-leaves"),
    path("sorting", sorting.sorting, name="sorting"),
    path("sorting/<path:key>", sorting.sort_risk, name="sort-risk"),
    path("bring-in", bring_in.bring_in, name="bring-in"),
    path("bring-in/<int:number>", bring_in.draft, name="import"),
    path("bring-in/<int:number>/progress", bring_in.progress, name="import-progress"),
    path("bring-in/<int:number>/correct", bring_in.correct, name="correct"),
    path("bring-in/<int:number>/resolve", bring_in.resolve, name="resolve"),
    path("bring-in/<int:number>/accept", bring_in.accept, name="accept"),
    path("bring-in/<int:number>/accept-all", bring_in.accept_all, name="accept-all"),
    path("bring-in/<int:number>/set-aside", bring_in.set_aside, name="set-aside"),
    path("bring-in/<int:number>/arrows", bring_in.arrows, name="arrows"),
    path("bring-in/<int:number>/what", bring_in.place_paper, name="place-paper"),
    path("bring-in/<int:number>/close", bring_in.close_risk, name="close-risk"),
    path("files/<slug:sha256>", bring_in.original, name="file"),
    path("files/<slug:sha256>/place", bring_in.place, name="place"),
    path("files/<slug:sha256>/pages/<int:page>.png", bring_in.place_picture, name="place-picture"),
    path("indicators", indicators.indicators, name="indicators"),
    path("indicators/grid", indicators.grid, name="indicators-grid"),
    path("indicators/feeds", feeds.feeds, name="feeds"),
    path("indicators/feeds/new", feeds.feed_new, name="feed-new"),
    path("indicators/feeds/<int:number>", feeds.feed, name="feed"),
    path("indicators/feeds/<int:number>/try", feeds.feed_try, name="feed-try"),
    path("indicators/feeds/<int:number>/run", feeds.feed_run, name="feed-run"),
    path("indicators/feeds/<int:number>/stop", feeds.feed_stop, name="feed-stop"),
    path("indicators/bring-in", readings.readings, name="readings"),
    path("indicators/bring-in/<int:number>", readings.readings_file, name="readings-file"),
    path("indicators/bring-in/<int:number>/columns", readings.readings_map, name="readings-map"),
    path("indicators/bring-in/<int:number>/take", readings.readings_take, name="readings-take"),
    path("indicators/bring-in/<int:number>/drop", readings.readings_drop, name="readings-drop"),
    path("indicators/new", indicators_acting.new, name="indicator-new"),
    path("indicators/<str:reference>", indicators.indicator, name="indicator"),
    path("indicators/<str:reference>/read", indicators_acting.read, name="indicator-read"),
    path("indicators/<str:reference>/redefine", indicators_acting.redefine, name="indicator-redefine"),
    path("indicators/<str:reference>/target", indicators_acting.target, name="indicator-target"),
    path("indicators/<str:reference>/target/end", indicators_acting.target_end, name="indicator-target-end"),
    path("indicators/<str:reference>/rebase", indicators_acting.rebase, name="indicator-rebase"),
    path("indicators/<str:reference>/annotate", indicators_acting.annotate, name="indicator-annotate"),
    path("indicators/<str:reference>/plan", indicators_saying.plan, name="indicator-plan"),
    path("indicators/<str:reference>/take-back", indicators_saying.take_back, name="indicator-take-back"),
    path("indicators/<str:reference>/attach", indicators_acting.attach, name="indicator-attach"),
    path("indicators/<str:reference>/detach", indicators_acting.detach, name="indicator-detach"),
    path("forecasts", forecasts.forecasts, name="forecasts"),
    path("forecasts/ask", forecasts.forecast_ask, name="forecast-ask"),
    path("forecasts/<int:number>/guess", forecasts.forecast_guess, name="forecast-guess"),
    path("forecasts/<int:number>/settle", forecasts.forecast_settle, name="forecast-settle"),
    path("controls", controls.controls, name="controls"),
    path("controls/export/<slug:kind>", controls.export, name="controls-export"),
    path("controls/assurance", controls.assurance, name="assurance"),
    path("controls/concentration", controls.concentration, name="concentration"),
    path("controls/add", controls_acting.add, name="control-add"),
    path("controls/apply", controls_acting.apply, name="control-apply"),
    path("controls/<str:reference>", controls.control, name="control"),
    path("controls/<str:reference>/amend", controls_acting.amend, name="control-amend"),
    path("controls/<str:reference>/stand-down", controls_acting.stand_down, name="control-stand-down"),
    path("controls/<str:reference>/stand-up", controls_acting.stand_up, name="control-stand-up"),
    path("controls/<str:reference>/end", controls_acting.end, name="control-end"),
    path("controls/<str:reference>/check", controls_checking.record, name="check-record"),
    path("controls/<str:reference>/checked", controls_checking.check, name="check"),
    path("controls/<str:reference>/correct", controls_checking.correct, name="check-correct"),
    path("papers", papers.papers, name="papers"),
    path("papers/preview", papers.preview, name="preview"),
    path("papers/check", papers.check, name="check-paper"),
    path("papers/publish", papers.publish, name="publish"),
    path("papers/<slug:register>/<int:number>", papers.edition, name="edition"),
    path("papers/<slug:register>/<int:number>/approve", papers_acting.approve, name="approve"),
    path(
        "papers/<slug:register>/<int:number>/publish", papers_acting.publish_edition, name="publish-edition"
    ),
    path("papers/<slug:register>/<int:number>/withdraw", papers_acting.withdraw, name="withdraw"),
    path("papers/<slug:register>/<int:number>/<slug:kind>", papers.edition_file, name="edition-file"),
    path("boards", boards.boards, name="boards"),
    path("boards/decisions.csv", boards.export, name="decisions"),
    path("boards/new", boards.open_board, name="open-board"),
    path("boards/<slug:slug>", boards.board, name="board"),
    path("boards/<slug:slug>/decisions.csv", boards.export, name="board-decisions"),
    path("boards/<slug:slug>/edit", boards.amend, name="amend-board"),
    path("boards/<slug:slug>/stand-down", boards.stand_down, name="stand-down-board"),
    path("boards/<slug:slug>/seats", boards.seat, name="seat"),
    path("boards/<slug:slug>/seats/<uuid:id>/end", boards.end_seat, name="end-seat"),
    path("boards/<slug:slug>/plan", boards.plan, name="plan-meeting"),
    path("boards/<slug:slug>/<str:on>", meetings.meeting, name="meeting"),
    path("boards/<slug:slug>/<str:on>/agenda", meetings.put_on, name="put-on-agenda"),
    path("boards/<slug:slug>/<str:on>/hold", meetings.hold, name="hold-meeting"),
    path("boards/<slug:slug>/<str:on>/move", meetings.move, name="move-meeting"),
    path("boards/<slug:slug>/<str:on>/cancel", meetings.cancel, name="cancel-meeting"),
    path("boards/<slug:slug>/<str:on>/items/<uuid:id>/move", meetings.move_item, name="move-item"),
    path("boards/<slug:slug>/<str:on>/items/<uuid:id>/take-off", meetings.take_off, name="take-off"),
    path("boards/<slug:slug>/<str:on>/items/<uuid:id>/minute", meetings.minute, name="minute"),
    path("boards/<slug:slug>/<str:on>/items/<uuid:id>/decide", meetings.decide, name="decide"),
    path("boards/<slug:slug>/<str:on>/decisions/<uuid:id>", meetings.correct, name="correct-decision"),
    path("discussion/<slug:kind>/<uuid:id>/comment", discussion.comment, name="comment"),
    path("discussion/<slug:kind>/<uuid:id>/attach", discussion.attach, name="attach"),
    path("comments/<uuid:id>/reword", discussion.reword, name="reword"),
    path("comments/<uuid:id>/take-back", discussion.take_back, name="take-back"),
    path("attachments/<uuid:id>", discussion.attachment, name="attachment"),
    path("attachments/<uuid:id>/take-away", discussion.take_away, name="take-away"),
    path("review", review.reviews, name="reviews"),
    path("review/open", review.open_review, name="open-review"),
    path("review/<slug:register>/<slug:period>", review.cycle, name="cycle"),
    path("review/<slug:register>/<slug:period>/roll-forward", review.roll_forward, name="roll-forward"),
    path("review/<slug:register>/<slug:period>/risks/<path:key>", review.review, name="review"),
    path("review/<slug:register>/<slug:period>/<slug:step>", review.step, name="review-step"),
    path("compare", compare.compare, name="compare"),
    path("search", search.find, name="search"),
    path("history", history.history, name="history"),
    path("history/verify", history.verify, name="verify"),
    path("settings", body.settings, name="settings"),
    path("settings/body", body.amend, name="amend-body"),
    path("settings/units", units.units, name="units"),
    path("settings/units/open", units.open_unit, name="open-unit"),
    path("settings/units/<uuid:id>", units.unit, name="unit"),
    path("settings/units/<uuid:id>/rename", units.rename_unit, name="rename-unit"),
    path("settings/units/<uuid:id>/move", units.move_unit, name="move-unit"),
    path("settings/units/<uuid:id>/close", units.close_unit, name="close-unit"),
    path("settings/posts", posts.posts, name="posts"),
    path("settings/posts/open", posts.open_post, name="open-post"),
    path("settings/posts/<uuid:id>", posts.post, name="post"),
    path("settings/posts/<uuid:id>/rename", posts.rename_post, name="rename-post"),
    path("settings/posts/<uuid:id>/move", posts.move_post, name="move-post"),
    path("settings/posts/<uuid:id>/abolish", posts.abolish_post, name="abolish-post"),
    path("settings/posts/<uuid:id>/appoint", posts.appoint, name="appoint"),
    path("settings/holdings/<uuid:id>/end", posts.end_holding, name="end-holding"),
    path("settings/people", people.people, name="people"),
    path("settings/people/add", people.add_person, name="add-person"),
    path("settings/people/<uuid:id>", people.person, name="person"),
    path("settings/people/<uuid:id>/amend", people.amend_person, name="amend-person"),
    path("settings/people/<uuid:id>/role", people.change_role, name="change-role"),
    path("settings/people/<uuid:id>/grant", people.grant_role, name="grant-role"),
    path("settings/people/<uuid:id>/password", people.set_password, name="set-password"),
    path("settings/people/<uuid:id>/link", people.send_link, name="send-link"),
    path("settings/people/<uuid:id>/code", people.drop_second_factor, name="drop-second-factor"),
    path("settings/people/<uuid:id>/stop", people.stop_person, name="stop-person"),
    path("settings/people/<uuid:id>/resume", people.resume_person, name="resume-person"),
    path("settings/people/<uuid:id>/sign-out", people.end_sessions, name="end-sessions"),
    path("settings/grants/<uuid:id>/end", people.end_grant, name="end-grant"),
    path("settings/roles", roles.roles, name="roles"),
    path("settings/scales", scales.scales, name="scales"),
    path("settings/scales/new", scales.new_scale, name="new-scale"),
    path("settings/scales/<uuid:id>", scales.scale, name="scale"),
    path("settings/scales/<uuid:id>/change", scales.change_scale, name="change-scale"),
    path("settings/registers", kept_registers.registers, name="kept-registers"),
    path("settings/registers/open", kept_registers.open_register, name="open-register"),
    path("settings/registers/<uuid:id>", kept_registers.amend_register, name="amend-register"),
    path("settings/scales/register/<uuid:id>", scales.use_scale, name="use-scale"),
    path("settings/categories", appetite.categories, name="categories"),
    path("settings/categories/start", appetite.start_categories, name="start-categories"),
    path("settings/categories/add", appetite.add_category, name="add-category"),
    path("settings/categories/<uuid:id>", appetite.category, name="category"),
    path("settings/categories/<uuid:id>/amend", appetite.amend_category, name="amend-category"),
    path("settings/categories/<uuid:id>/retire", appetite.retire_category, name="retire-category"),
    path("settings/categories/<uuid:id>/appetite", appetite.state_appetite, name="state-appetite"),
    path("settings/objectives", appetite.objectives, name="objectives"),
    path("settings/objectives/add", appetite.add_objective, name="add-objective"),
    path("settings/objectives/<uuid:id>/amend", appetite.amend_objective, name="amend-objective"),
    path("settings/objectives/<uuid:id>/retire", appetite.retire_objective, name="retire-objective"),
    path("gallery", gallery.gallery, name="gallery"),
]
