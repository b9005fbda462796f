"""What the command line says, in the language of the person at the terminal."""

from hotline_stats.messages import speech


def say(en: str, zh: str) -> str:
    """The text in the language of help and narration (messages.speech)."""
    return zh if speech() == "zh" else en
