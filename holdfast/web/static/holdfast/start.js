// Tells the style sheet and GOV.UK Frontend that scripts run, before anything is drawn.
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
}
