"""MCP servers, whose tools destinations may call."""

from __future__ import annotations

from typing import Any

from ..models.mcp_server import McpServerDeleted, McpServerList, McpServerResponse
from .base import IM, Calls, Payload, merged, path_of


class McpServerCalls(Calls):
    async def list_mcp_servers(self) -> McpServerList:
        """Every MCP server with its tools as last inspected."""
        return await self._get(McpServerList, f"{IM}/mcp-servers")

    async def get_mcp_server(self, name: str) -> McpServerResponse:
        """One MCP server, with its etag. Raises NotFoundError."""
        return await self._get(McpServerResponse, _path(name))

    async def put_mcp_server(
        self,
        name: str,
        server: Payload | None = None,
        *,
        if_match: str | None = None,
        if_none_match: str | None = None,
        **fields: Any,
    ) -> McpServerResponse:
        """Makes or replaces a server over HTTP: ``url``, ``enabled``, ``allowed_tools``, ``auth_header``, ``auth_ref``.

        What is left out has its default. Programs are declared in the host's MCP file alone: ConflictError for a server
        of that file, or for a version other than the one named.
        """
        given = {"if-match": if_match, "if-none-match": if_none_match}
        headers = {key: value for key, value in given.items() if value is not None}
        body = merged(server, **fields)
        return await self._send(McpServerResponse, "PUT", _path(name), body, headers=headers)

    async def delete_mcp_server(self, name: str) -> McpServerDeleted:
        """Destinations that name it stay, and are not ready."""
        return await self._send(McpServerDeleted, "DELETE", _path(name))

    async def inspect_mcp_server(self, name: str) -> McpServerResponse:
        """Asks the server for its tools now and calls none. What went wrong is in ``last_error``."""
        return await self._post(McpServerResponse, _path(name, "/inspect"))


def _path(name: str, rest: str = "") -> str:
    return path_of(IM, "/mcp-servers/{name}", rest, name=name)
