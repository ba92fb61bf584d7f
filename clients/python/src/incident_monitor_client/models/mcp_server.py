"""MCP servers: what they are called by, and their tools as last inspected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..record import Record, header


@dataclass(kw_only=True, repr=False)
class McpReason(Record):
    """Why something does not work: a stable code and words."""

    code: str
    message: str | None = None


@dataclass(kw_only=True, repr=False)
class McpTool(Record):
    """One tool. ``schema_hash`` stands for its name and arguments: an approval holds for it alone."""

    name: str
    namespaced_name: str | None = None
    description: str | None = None
    input_schema: dict[str, Any] = field(default_factory=dict)
    schema_hash: str | None = None
    read_only: bool | None = None
    allowed: bool | None = None


@dataclass(kw_only=True, repr=False)
class McpServer(Record):
    """A server as last inspected. ``allowed_tools`` None is every tool, an empty list none.

    ``declared_by``: host (its file, changed there alone) or panel. Who may not configure sees of ``url`` the origin
    and no ``auth_ref``.
    """

    name: str
    transport: str | None = None
    declared_by: str | None = None
    enabled: bool | None = None
    connected: bool | None = None
    allowed_tools: list[str] | None = None
    auth_header: str | None = None
    tools: list[McpTool] = field(default_factory=list)
    missing: list[McpReason] = field(default_factory=list)
    version: int | None = None
    url: str | None = None
    auth_ref: str | None = None
    inspected_at_ms: int | None = None
    connected_at_ms: int | None = None
    last_error: McpReason | None = None


@dataclass(kw_only=True, repr=False)
class McpServerResponse(Record):
    """One server. ``etag`` is the answer's header, for the next change."""

    mcp_server: McpServer
    etag: str | None = header("etag")


@dataclass(kw_only=True, repr=False)
class McpServerList(Record):
    """Every MCP server, by name."""

    mcp_servers: list[McpServer] = field(default_factory=list)
    count: int | None = None


@dataclass(kw_only=True, repr=False)
class McpServerDeleted(Record):
    """A server that was taken out."""

    ok: bool
    name: str | None = None
