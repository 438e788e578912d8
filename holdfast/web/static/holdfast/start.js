// Tells the style sheet and GOV.UK Frontend that scripts run, before anything is drawn.
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
}

// Who printed it, when, and when to shred it: at the foot of every sheet (print.css), which only
// a custom property can reach.  Without scripts the same line stands once, at the end.
if (document.body.dataset.printed) {
  document.documentElement.style.setProperty("--printed", JSON.stringify(document.body.dataset.printed));
}
