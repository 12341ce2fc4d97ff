"""Groups of commands that know the nearest name."""

from __future__ import annotations

from typing import ClassVar

import click

from generator.errors import UserError, unknown


class Named(click.Group):
    """A group that answers a mistyped name with the nearest one."""

    #: What its commands are.
    what: ClassVar[str] = "command"

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one was probably meant."""
        names = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in names:
            raise UserError([unknown(self.what, args[0], names)])
        return super().resolve_command(ctx, args)
