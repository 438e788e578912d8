"""What can people change about themselves?"""

from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm


class NewPasswordForm(PasswordChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Your password now"
        self.fields["old_password"].widget.attrs.pop("autofocus", None)
        self.fields["new_password1"].label = "A new password"
        self.fields[
            "new_password1"
        ].help_text = "At least 12 characters. Three words that do not belong together are good."
        self.fields["new_password2"].label = "The new password once more"
        self.fields["new_password2"].help_text = ""


class TestLetterForm(forms.Form):
    """Nothing is asked: a letter goes to the address that is known."""
