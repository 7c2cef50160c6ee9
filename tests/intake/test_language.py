"""Which language a text is in: said only where it is sure."""

from __future__ import annotations

import pytest

from onrecord.intake import language

DETECTED = [
    ("The minister said that they would leave the harbour if it rains.", "en"),
    ("“Wir gehen,” he said, and the others went with him to the Bundestag.", "en"),
    ("Die Regierung hat am Dienstag erklärt, dass sie keine Truppen schicken werde, solange die Lage unklar bleibe.", "de"),
    ("Le ministre a déclaré mardi que le pays n’enverrait pas de troupes, sauf si la situation se dégradait encore.", "fr"),
    ("De minister zei dinsdag dat het land geen troepen zal sturen, tenzij de toestand in de streek over een week slechter is.", "nl"),
    ("Ministeren sagde tirsdag, at landet ikke ville sende tropper, for at undgå at krigen breder sig over hele regionen.", "da"),
    ("Министр заявил во вторник, что страна не будет отправлять войска, если положение не ухудшится в ближайшее время.", "ru"),
    ("外交部长星期二表示，如果局势没有恶化，该国将不会派遣军队，并呼吁各方保持克制。他还说，会谈将于下周继续举行。", "zh"),
    ("Nein danke", None),
    ("Norland troops storm Brenn", None),
    ("", None),
    ("12345 67890", None),
]


@pytest.mark.parametrize("text, expected", DETECTED)
def test_a_language_is_said_where_it_is_sure(text: str, expected: str | None) -> None:
    assert language.detect(text) == expected


def test_clear_english_does_not_wake_the_identifier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_identifier", None)
    assert language.detect("The harbour master said that it would be so.") == "en"


@pytest.mark.parametrize(
    "name, expected",
    [("en", "en"), ("en-GB", "en"), ("EN_us", "en"), ("eng", "en"), ("English", "en"), ("de", "de"), ("deu", "de"), ("", None),
     (None, None), ("und", None)],
)  # fmt: skip
def test_callers_names_for_languages_are_understood(name: str | None, expected: str | None) -> None:
    assert language.code(name) == expected


def test_only_what_is_known_to_be_another_language_is_refused() -> None:
    assert language.unsupported("de") == "language not supported: de"
    assert language.unsupported("en") is None
    assert language.unsupported(None) is None
