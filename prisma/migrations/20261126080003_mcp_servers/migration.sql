-- What MCP servers are called by and what inspecting them left. No version before this one wrote such a row.
ALTER TABLE "mcp_servers" ADD COLUMN     "auth_header" TEXT NOT NULL DEFAULT 'authorization',
ADD COLUMN     "auth_ref" TEXT,
ADD COLUMN     "declared_by" TEXT NOT NULL DEFAULT 'panel',
ADD COLUMN     "inspected_at" TIMESTAMPTZ(3),
ADD COLUMN     "inspected_identity" TEXT,
ADD COLUMN     "inspection_lease" TIMESTAMPTZ(3),
ADD COLUMN     "restricts_tools" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1,
DROP COLUMN "last_error",
ADD COLUMN     "last_error" JSONB;
