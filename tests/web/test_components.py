"""Do the components say all that they must, in words, whatever the weight they are drawn in?"""

import re
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import get_template, render_to_string

from holdfast.web import clocks, drawing, parts
from holdfast.web.clocks import LONDON
from holdfast.web.templatetags.hf import error_summary
from holdfast.web.widgets import DayField

WEB = Path(__file__).resolve().parents[2] / "holdfast" / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
NOW = datetime(2026, 11, 12, 21, 40, tzinfo=LONDON)
MINUTE = timedelta(minutes=1)


def drawn(source, **context):
    """A template's text with all runs of white space made one."""
    html = Template("{% load hf %}" + source).render(Context({"now": NOW, **context}))
    return re.sub(r"\s+", " ", html)


def words(html):
    """What is read, without the tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def promise(minutes):
    return parts.Promise(NOW + minutes * MINUTE, "to the next review", key="m1")


@pytest.mark.parametrize(
    "minutes, weight, said",
    [
        (-11, "late", "11 min late Due 21:29"),
        (25, "soon", "25 min to the next review Due 22:05"),
        (65, "plain", "1 h 05 min to the next review Due 22:45"),
        (680, "later", "11 h 20 min to the next review Due tomorrow 09:00"),
    ],
)
def test_a_clock_always_has_figure_words_and_wall_time(minutes, weight, said):
    html = drawn("{% clock promise %}", promise=promise(minutes))
    assert words(html) == said
    assert f"hf-clock--{weight}" in html


def card(**changes):
    given = {
        "url": "/m",
        "title": "In custody",
        "child": parts.Link("Rafe", "/c"),
        "child_words": "",
        "about": "16 · Marsh Lane",
        "promise": promise(25),
        **changes,
    }
    return drawn("{% moment card %}", card=parts.MomentCard(**given))


def test_nothing_put_into_a_card_is_read_as_markup():
    bad = '<script>"x"</script>'
    html = card(
        title=bad,
        child=parts.Link(bad, bad),
        about=bad,
        sentence=bad,
        source=bad,
        lines=(parts.Pair(bad, bad, bad), parts.Pair(bad, bad)),
        answered_by=bad,
        answer_more=bad,
        promise=parts.Promise(NOW, bad, bad, bad),
        action=parts.Button(bad, bad, posts=True, name=bad, value=bad, spoken=bad),
        quiet=(parts.Button(bad, bad, spoken=bad),),
    )
    assert "<script" not in html
    assert '"x"' not in html
    assert html.count("&lt;script&gt;") == 25


def test_an_unanswered_moment_says_so_in_words_and_is_larger():
    html = card(answer_more="Dawit Tesfaye is being called now.")
    assert "Nobody has answered yet. Dawit Tesfaye is being called now." in words(html)
    assert "hf-clock--big" in html
    assert "hf-answer--nobody" in html


def test_an_answered_moment_names_who_answered():
    html = card(answered_by="you", answer_more=" at 20:09.")
    assert "Answered by you at 20:09." in words(html)
    assert "Nobody has answered" not in html


def test_a_child_whose_page_is_not_open_has_no_link():
    assert 'href="/c"' not in card(child=None, child_words="Rafe")


def test_a_strong_action_posts_with_its_token():
    act = parts.Button("I will take this", "/m/answer", posts=True)
    html = drawn("{% button act %}", act=act, csrf_token="kept")
    assert 'method="post"' in html and 'value="kept"' in html


def test_an_unknown_without_a_name_reads_nobody_yet():
    html = drawn('{% include "components/unknown.html" %}', unknown=parts.Unknown("Who rings him?"))
    assert words(html) == "Who rings him? Nobody yet. Say a name before moving on."


def test_a_voice_not_yet_heard_says_who_will_ask():
    voice = parts.Voice("", "Theo", asker="Kofi", by="Saturday 14 November")
    html = drawn('{% include "components/voice.html" %}', voice=voice)
    assert words(html) == "We have not yet heard from Theo. Kofi will ask, by Saturday 14 November."


def test_nobody_trusted_yet_is_said_in_the_identity_bar():
    identity = parts.Identity("Kit", "15", "Draws comics.", "")
    html = drawn('{% include "components/identity.html" with is_heading=True %}', identity=identity)
    assert "Trusts: nobody yet. Who could become that person is the first question." in words(html)
    assert "<h1" in html


def test_another_person_is_bold_and_the_rest_is_escaped():
    fact = parts.Fact("<i>Seen</i> with another person", "Police")
    html = drawn('{% include "components/fact.html" %}', fact=fact)
    assert "&lt;i&gt;Seen&lt;/i&gt; with <b>another person</b>" in html


def test_an_entry_says_its_kind_its_sources_and_what_it_was_and_lets_no_markup_in():
    entry = parts.Entry(
        "21:40", "Moment", "<b>Arrested</b>", "Seen with another person & a dog", True,
        [parts.Pair("Source", "<i>Police</i>")], "<s>", parts.Link("What we did", "/moments/a&b"), True,
    )  # fmt: skip
    html = drawn(
        "{% load hf_entries %}{{ told|entries }}", told=[entry, parts.Entry("That day", "Health", "x")]
    )
    first, second = html.split("</li>")[:2]
    assert "hf-entry--moment hf-not-on-paper" in first and "hf-entry--moment" not in second
    assert "&lt;b&gt;Arrested&lt;/b&gt;" in first and "&lt;i&gt;Police&lt;/i&gt;" in first
    assert "<b>another person</b> &amp; a dog" in first and 'href="/moments/a&amp;b"' in first
    assert "<b>Was</b> <s>&lt;s&gt;</s>" in first
    assert words(second) == "That day Health x"


def test_the_receipt_shows_whether_anyone_has_seen_it():
    waiting = parts.Receipt("4", "Sent 21:40. Not seen yet", "Amira’s phone rang.", unit="min")
    seen = parts.Receipt("21:41", "Amira Hassan has seen this", "She rings you.", is_seen=True)
    unseen_html = drawn('{% include "components/receipt.html" %}', receipt=waiting)
    assert "hf-receipt--unseen" in unseen_html and 'role="status"' in unseen_html
    assert "hf-receipt--unseen" not in drawn('{% include "components/receipt.html" %}', receipt=seen)


def test_every_row_of_the_conservation_table_keeps_its_labels_for_a_phone():
    count = parts.FeedCount("Police custody", 1204, 1180, 12, 8, 4, is_silent=True, heard="Last spoke today")
    html = drawn('{% include "components/conservation.html" %}', counts=[count], total=count)
    assert html.count('data-label="Received"') == 2
    assert "1,204" in html and "Silent." in html


class Questions(forms.Form):
    how = forms.ChoiceField(
        label="How did it go?", choices=[("a", "Seen"), ("b", "Tried")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Note", widget=forms.Textarea, max_length=300, help_text="One line.")
    day = DayField(label="Which day?", help_text="27 3 2026")
    sure = forms.BooleanField(label="Sure", required=False)


def test_a_field_is_described_by_its_hint_its_error_and_the_characters_left():
    html = Questions({}).as_div() and Questions({})["note"].as_field_group()
    described = re.search(r'<textarea[^>]*aria-describedby="([^"]+)"', html).group(1).split()
    assert described == ["id_note_helptext", "id_note_error", "id_note-info"]
    assert all(f'id="{name}"' in html for name in described)
    assert 'aria-invalid="true"' in html and "govuk-form-group--error" in html


def test_radios_and_days_are_fieldsets_with_a_legend():
    form = Questions()
    for name in ("how", "day"):
        html = form[name].as_field_group()
        assert "<legend" in html and html.count("<fieldset") == 1
    assert form["how"].as_field_group().count("govuk-radios__item") == 2
    assert form["day"].as_field_group().count("govuk-date-input__item") == 3


def test_a_yes_or_no_box_has_its_label_after_it():
    html = Questions()["sure"].as_field_group()
    assert html.index("govuk-checkboxes__input") < html.index("govuk-checkboxes__label")


def test_every_problem_leads_to_a_control_that_is_there():
    form = Questions({"day_day": "31", "day_month": "2", "day_year": "2026"})
    form.is_valid()
    page = "".join(field.as_field_group() for field in form)
    problems = error_summary(form)["problems"]
    assert [said for _, said in problems] == [
        "Answer this: How did it go?",
        "Note is missing",
        "There is no such day. Write it as 27 3 2026.",
    ]
    assert all(f'id="{control}"' in page for control, _ in problems)


@pytest.mark.parametrize("day", [("29", "2", "2024"), ("1", "11", "2026")])
def test_a_real_day_is_taken(day):
    form = Questions(
        {"how": "a", "note": "x", **dict(zip(("day_day", "day_month", "day_year"), day, strict=True))}
    )
    assert form.is_valid()
    assert form.cleaned_data["day"].day == int(day[0])


def test_no_summary_while_nothing_is_wrong():
    assert words(drawn("{% error_summary form %}", form=Questions())) == ""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_compile_and_hold_nothing_inline(path):
    get_template(str(path.relative_to(WEB / "templates")))
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son\w+=\"|<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_title_holds_anything_about_a_child(path):
    for title in re.findall(r"{% block title %}(.*?){% endblock %}", path.read_text()):
        # Settings are about a partnership and its workers; no child is named there.
        assert "{{" not in title or path.name == "settings.html"


# What is never written about a child or a family.
NEVER = (
    r"offend|perpetrat|nominal|cohort|abscond|not engag|refus|non-complian|hard to reach|lifestyle"
    r"|\bcases?\b|\bfailed\b"
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_uses_a_word_we_do_not_use(path):
    assert not re.search(NEVER, path.read_text(), re.IGNORECASE)


@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html"])
def test_error_pages_need_nothing_from_anyone(name):
    html = render_to_string(name)
    assert html.count("<h1") == 1 and "Holdfast" in html


def test_the_board_with_nobody_waiting_says_so():
    board = SimpleNamespace(live_url="/", as_at=NOW, counts="No live moments.", looked="Last checked 21:40.")
    html = render_to_string("web/now_live.html", {"board": board, "now": NOW})
    assert "No one is waiting. Last checked 21:40." in words(html)


def test_the_script_that_keeps_clocks_right_uses_the_same_limits():
    script = (WEB / "static" / "holdfast" / "clocks.js").read_text()
    limits = {name: eval(sum_) for name, sum_ in re.findall(r"var (\w+) = ([\d *]+); // minutes", script)}  # noqa: S307
    assert {name: minutes * MINUTE for name, minutes in limits.items()} == {
        "SOON": clocks.SOON,
        "LATER": clocks.LATER,
        "DAYS_FROM": clocks.DAYS_FROM,
    }


def test_a_card_counts_on_and_carries_each_readers_own_token():
    shown = parts.MomentCard(
        url="/m", title="In custody", child=None, child_words="Rafe", about="16", promise=promise(25),
        action=parts.Button("I will take this", "/m/answer", posts=True),
    )  # fmt: skip
    first, same, later = (
        drawing.moment(shown, NOW + after, token)
        for after, token in ((0 * MINUTE, "mine"), (0 * MINUTE, "yours"), (MINUTE, "mine"))
    )
    assert "25 min" in words(first) and "24 min" in words(later)
    assert 'value="mine"' in first and 'value="yours"' in same
    assert "mine" not in same
