"""Signing in by e-mail address and password, and out again."""

from __future__ import annotations

from django.contrib.auth import views

from watchkeep.web.sign_in.forms import SignInForm

sign_in = views.LoginView.as_view(
    template_name="sign_in/page.html", authentication_form=SignInForm, redirect_authenticated_user=True
)
sign_out = views.LogoutView.as_view(http_method_names=["post", "options"])
