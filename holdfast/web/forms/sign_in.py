"""What is asked at the door?"""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": "That name and that password do not belong together. Look at both once more.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Name you sign in with"
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "autofocus": False}
        self.fields["password"].label = "Password"
