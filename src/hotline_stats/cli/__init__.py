"""The command line: options → settings → one API call → one renderer → exit code."""


def main() -> None:
    """Entry point of `hotline-stats`."""
    import signal
    from contextlib import ExitStack

    from hotline_stats.cli.boundary import bug, stop
    from hotline_stats.cli.streams import prepare

    prepare()
    signal.signal(signal.SIGTERM, stop)
    with ExitStack() as stack:
        stack.push(bug)
        from hotline_stats.cli.app import app

        app()
