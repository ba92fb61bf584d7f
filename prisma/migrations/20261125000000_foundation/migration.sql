-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "audit_outcome" AS ENUM ('done', 'denied', 'failed');

-- CreateEnum
CREATE TYPE "destination_kind" AS ENUM ('github_issue', 'linear_issue', 'webhook', 'telemetry', 'mcp_tool', 'internal_memory');

-- CreateEnum
CREATE TYPE "circuit_state" AS ENUM ('closed', 'open', 'half_open');

-- CreateEnum
CREATE TYPE "approval_facet" AS ENUM ('not_required', 'required', 'granted', 'denied', 'voided', 'expired');

-- CreateEnum
CREATE TYPE "triage_facet" AS ENUM ('none', 'queued', 'running', 'ready', 'blocked', 'timed_out', 'failed');

-- CreateEnum
CREATE TYPE "issue_facet" AS ENUM ('none', 'ready', 'blocked');

-- CreateEnum
CREATE TYPE "approval_state" AS ENUM ('granted', 'denied', 'withdrawn', 'voided', 'expired');

-- CreateEnum
CREATE TYPE "approval_binding" AS ENUM ('content', 'draft');

-- CreateEnum
CREATE TYPE "triage_run_status" AS ENUM ('queued', 'running', 'ready', 'blocked', 'timed_out', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "incident_disposition" AS ENUM ('drafted', 'suppressed', 'quality_gate_blocked', 'draft_failed');

-- CreateEnum
CREATE TYPE "provenance" AS ENUM ('report', 'operator', 'intake_key', 'log_source', 'runtime_event', 'self_monitoring', 'security');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('viewer', 'triager', 'approver', 'admin', 'auditor');

-- CreateEnum
CREATE TYPE "token_kind" AS ENUM ('admin', 'service', 'agent');

-- CreateEnum
CREATE TYPE "delivery_state" AS ENUM ('due', 'sending', 'retrying', 'published', 'failed', 'ambiguous', 'blocked', 'cancelled');

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "actor_key" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" "audit_outcome" NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "project_id" TEXT,
    "request_id" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "sequence" BIGINT,
    "leaf_hash" TEXT,
    "sealed_at" TIMESTAMPTZ(3),

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_checkpoints" (
    "tree_size" BIGINT NOT NULL,
    "root_hash" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_checkpoints_pkey" PRIMARY KEY ("tree_size")
);

-- CreateTable
CREATE TABLE "monitor_settings" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "version" BIGINT NOT NULL DEFAULT 1,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "workspace_root" TEXT,
    "repo" TEXT,
    "mcp_server" TEXT,
    "provider_preference" TEXT NOT NULL DEFAULT 'auto',
    "model_policy" JSONB,
    "auto_create_new_issues" BOOLEAN NOT NULL DEFAULT true,
    "require_approval_for_new_issues" BOOLEAN NOT NULL DEFAULT false,
    "auto_comment_on_matched_open_issues" BOOLEAN NOT NULL DEFAULT true,
    "label_mode" TEXT NOT NULL DEFAULT 'reporter_only',
    "triage_timeout_ms" BIGINT DEFAULT 1800000,
    "default_destination_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "safety_defaults" JSONB NOT NULL DEFAULT '{}',
    "reassessment" JSONB NOT NULL DEFAULT '{}',
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "monitor_settings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "monitored_projects" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "spec" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "monitored_projects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "log_sources" (
    "project_id" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "spec" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "log_sources_pkey" PRIMARY KEY ("project_id","source_id")
);

-- CreateTable
CREATE TABLE "log_source_states" (
    "project_id" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "inode" TEXT,
    "offset" BIGINT NOT NULL DEFAULT 0,
    "prefix_hash" TEXT,
    "partial" BYTEA,
    "partial_offset_start" BIGINT,
    "last_line_hash" TEXT,
    "recent_fingerprints" JSONB NOT NULL DEFAULT '{}',
    "consecutive_errors" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "total_bytes_read" BIGINT NOT NULL DEFAULT 0,
    "total_candidates" BIGINT NOT NULL DEFAULT 0,
    "total_submitted" BIGINT NOT NULL DEFAULT 0,
    "last_poll_at" TIMESTAMPTZ(3),
    "last_candidate_at" TIMESTAMPTZ(3),
    "last_submitted_at" TIMESTAMPTZ(3),
    "positioned_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "log_source_states_pkey" PRIMARY KEY ("project_id","source_id")
);

-- CreateTable
CREATE TABLE "destinations" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "destination_kind" NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "require_approval" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "spec" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "destinations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "destination_health" (
    "destination_id" TEXT NOT NULL,
    "consecutive_failures" INTEGER NOT NULL DEFAULT 0,
    "circuit" "circuit_state" NOT NULL DEFAULT 'closed',
    "circuit_opened_at" TIMESTAMPTZ(3),
    "retry_after" TIMESTAMPTZ(3),
    "disabled_reason" TEXT,
    "last_success_at" TIMESTAMPTZ(3),
    "last_failure_at" TIMESTAMPTZ(3),
    "last_failure_reason" TEXT,
    "last_test_at" TIMESTAMPTZ(3),
    "last_test_outcome" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "destination_health_pkey" PRIMARY KEY ("destination_id")
);

-- CreateTable
CREATE TABLE "routes" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "position" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "spec" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "routes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "config_revisions" (
    "id" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "actor" JSONB NOT NULL,
    "summary" TEXT NOT NULL,
    "changes" JSONB NOT NULL,
    "config" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "config_revisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mcp_servers" (
    "name" TEXT NOT NULL,
    "transport" TEXT NOT NULL,
    "url" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "allowed_tools" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "tools" JSONB NOT NULL DEFAULT '[]',
    "connected_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mcp_servers_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "silences" (
    "id" TEXT NOT NULL,
    "matcher" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "created_by" JSONB NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "silences_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drafts" (
    "id" TEXT NOT NULL,
    "incident_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "fingerprint" TEXT NOT NULL,
    "approval" "approval_facet" NOT NULL,
    "triage" "triage_facet" NOT NULL DEFAULT 'none',
    "issue" "issue_facet" NOT NULL DEFAULT 'none',
    "held" BOOLEAN NOT NULL DEFAULT false,
    "provenance" "provenance" NOT NULL,
    "title" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "event_type" TEXT NOT NULL,
    "source" TEXT,
    "component" TEXT,
    "level" TEXT,
    "repo" TEXT NOT NULL,
    "project_id" TEXT,
    "log_source_id" TEXT,
    "source_kind" TEXT,
    "risk_level" TEXT,
    "risk_rank" INTEGER NOT NULL DEFAULT 0,
    "risk_category" TEXT,
    "confidence" TEXT,
    "expected_destination" TEXT,
    "source_approval_policy" TEXT,
    "evidence_refs" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "excerpt" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "route_tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "allowed_destination_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "default_destination_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "external_correlation_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "quality_gate" JSONB,
    "redactions" JSONB NOT NULL DEFAULT '{}',
    "triage_run_id" TEXT,
    "regression_of_id" TEXT,
    "matched_issue_number" INTEGER,
    "matched_issue_state" TEXT,
    "claimed_by" JSONB,
    "claimed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),
    "deleted_by" JSONB,
    "deleted_reason" TEXT,

    CONSTRAINT "drafts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "draft_revisions" (
    "draft_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "actor" JSONB NOT NULL,
    "content" JSONB NOT NULL,
    "changes" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "draft_revisions_pkey" PRIMARY KEY ("draft_id","revision")
);

-- CreateTable
CREATE TABLE "approvals" (
    "id" TEXT NOT NULL,
    "draft_id" TEXT NOT NULL,
    "state" "approval_state" NOT NULL,
    "binding" "approval_binding" NOT NULL DEFAULT 'content',
    "actor" JSONB NOT NULL,
    "actor_key" TEXT NOT NULL,
    "reason" TEXT,
    "digest" TEXT NOT NULL,
    "basis" JSONB NOT NULL,
    "policy_version" TEXT NOT NULL,
    "because" JSONB NOT NULL DEFAULT '[]',
    "break_glass" BOOLEAN NOT NULL DEFAULT false,
    "expires_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ended_reason" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "approvals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payload_snapshots" (
    "id" TEXT NOT NULL,
    "draft_id" TEXT NOT NULL,
    "approval_id" TEXT,
    "destination_id" TEXT NOT NULL,
    "kind" "destination_kind" NOT NULL,
    "target_ref" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "rendered" JSONB NOT NULL,
    "redactions" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payload_snapshots_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "triage_runs" (
    "id" TEXT NOT NULL,
    "draft_id" TEXT NOT NULL,
    "status" "triage_run_status" NOT NULL,
    "phases" JSONB NOT NULL DEFAULT '[]',
    "summary" JSONB,
    "issue_draft" JSONB,
    "gate" JSONB,
    "budget" JSONB NOT NULL DEFAULT '{}',
    "claimed_by" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "deadline_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "triage_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incidents" (
    "id" TEXT NOT NULL,
    "scope_key" TEXT NOT NULL,
    "fingerprint_version" INTEGER NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "wire_fingerprint" TEXT NOT NULL,
    "identity" JSONB NOT NULL,
    "disposition" "incident_disposition" NOT NULL,
    "provenance" "provenance" NOT NULL,
    "held" BOOLEAN NOT NULL DEFAULT false,
    "project_id" TEXT,
    "log_source_id" TEXT,
    "source_kind" TEXT,
    "title" TEXT NOT NULL,
    "detail" TEXT,
    "event_type" TEXT NOT NULL,
    "source" TEXT,
    "component" TEXT,
    "level" TEXT,
    "repo" TEXT NOT NULL,
    "workspace_root" TEXT NOT NULL DEFAULT '',
    "risk_level" TEXT,
    "risk_rank" INTEGER NOT NULL DEFAULT 0,
    "risk_category" TEXT,
    "confidence" TEXT,
    "expected_destination" TEXT,
    "source_approval_policy" TEXT,
    "excerpt" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "evidence_refs" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "route_tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "allowed_destination_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "default_destination_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "external_correlation_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "quality_gate" JSONB,
    "event_payload" JSONB,
    "redactions" JSONB NOT NULL DEFAULT '{}',
    "draft_id" TEXT,
    "occurrence_count" INTEGER NOT NULL DEFAULT 1,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "snoozed_until" TIMESTAMPTZ(3),
    "muted_until" TIMESTAMPTZ(3),
    "merged_into_id" TEXT,
    "last_error" TEXT,
    "deleted_at" TIMESTAMPTZ(3),
    "deleted_by" JSONB,
    "deleted_reason" TEXT,

    CONSTRAINT "incidents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident_aliases" (
    "scope_key" TEXT NOT NULL,
    "fingerprint_version" INTEGER NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "incident_id" TEXT NOT NULL,
    "created_by" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "incident_aliases_pkey" PRIMARY KEY ("scope_key","fingerprint_version","fingerprint")
);

-- CreateTable
CREATE TABLE "occurrences" (
    "id" TEXT NOT NULL,
    "incident_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "occurred_at" TIMESTAMPTZ(3),
    "provenance" "provenance" NOT NULL,
    "reporter" JSONB NOT NULL,
    "project_id" TEXT,
    "log_source_id" TEXT,
    "sighting" JSONB NOT NULL DEFAULT '{}',
    "origin_key" TEXT,

    CONSTRAINT "occurrences_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "intake_answers" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "outcome" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "intake_answers_pkey" PRIMARY KEY ("scope","key")
);

-- CreateTable
CREATE TABLE "intake_keys" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "source_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "rate_per_second" INTEGER NOT NULL DEFAULT 1000,
    "burst" INTEGER NOT NULL DEFAULT 10000,
    "expires_at" TIMESTAMPTZ(3),
    "rotated_from_id" TEXT,
    "created_by" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "rejected_count" INTEGER NOT NULL DEFAULT 0,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "intake_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence_artifacts" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "draft_id" TEXT,
    "incident_id" TEXT,
    "triage_run_id" TEXT,
    "path" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,
    "redactions" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "evidence_artifacts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "role" "role",
    "totp_secret" TEXT,
    "disabled_at" TIMESTAMPTZ(3),
    "failed_sign_ins" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_project_roles" (
    "user_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "role" "role" NOT NULL,

    CONSTRAINT "user_project_roles_pkey" PRIMARY KEY ("user_id","project_id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "step_up_at" TIMESTAMPTZ(3),
    "user_agent" TEXT,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_tokens" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "token_kind" NOT NULL,
    "prefix" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "bootstrap" BOOLEAN NOT NULL DEFAULT false,
    "created_by" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_throttles" (
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "window_ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_throttles_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" TEXT NOT NULL,
    "post_id" TEXT NOT NULL,
    "draft_id" TEXT NOT NULL,
    "incident_id" TEXT NOT NULL,
    "approval_id" TEXT,
    "snapshot_id" TEXT NOT NULL,
    "destination_id" TEXT NOT NULL,
    "kind" "destination_kind" NOT NULL,
    "target_ref" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "route_id" TEXT,
    "route_match_reason" TEXT,
    "idempotency_key" TEXT NOT NULL,
    "payload_digest" TEXT NOT NULL,
    "destination_digest" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "state" "delivery_state" NOT NULL DEFAULT 'due',
    "attempt_count" INTEGER NOT NULL DEFAULT 0,
    "attempt_count_max" INTEGER NOT NULL DEFAULT 10,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_by" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "last_reason" JSONB,
    "requested_by" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "deleted_by" JSONB,

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_attempts" (
    "delivery_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" JSONB,
    "status_code" INTEGER,
    "timings" JSONB NOT NULL DEFAULT '{}',
    "response_excerpt" TEXT,
    "response_truncated" BOOLEAN NOT NULL DEFAULT false,
    "response_digest" TEXT,

    CONSTRAINT "delivery_attempts_pkey" PRIMARY KEY ("delivery_id","attempt")
);

-- CreateTable
CREATE TABLE "receipts" (
    "id" TEXT NOT NULL,
    "delivery_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "external_id" TEXT,
    "external_url" TEXT,
    "external_title" TEXT,
    "receipt" JSONB NOT NULL,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "receipts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry_records" (
    "id" TEXT NOT NULL,
    "destination_id" TEXT NOT NULL,
    "delivery_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "record" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "telemetry_records_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memory_records" (
    "id" TEXT NOT NULL,
    "destination_id" TEXT NOT NULL,
    "delivery_id" TEXT,
    "category" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "memory_records_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_entries_sequence_key" ON "audit_entries"("sequence");

-- CreateIndex
CREATE INDEX "audit_entries_at_id_idx" ON "audit_entries"("at" DESC, "id");

-- CreateIndex
CREATE INDEX "audit_entries_subject_kind_subject_id_at_idx" ON "audit_entries"("subject_kind", "subject_id", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "config_revisions_version_key" ON "config_revisions"("version");

-- CreateIndex
CREATE INDEX "config_revisions_created_at_idx" ON "config_revisions"("created_at" DESC);

-- CreateIndex
CREATE INDEX "silences_expires_at_idx" ON "silences"("expires_at");

-- CreateIndex
CREATE INDEX "drafts_created_at_id_idx" ON "drafts"("created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "drafts_approval_created_at_idx" ON "drafts"("approval", "created_at" DESC);

-- CreateIndex
CREATE INDEX "drafts_project_id_created_at_idx" ON "drafts"("project_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "drafts_incident_id_idx" ON "drafts"("incident_id");

-- CreateIndex
CREATE INDEX "drafts_fingerprint_idx" ON "drafts"("fingerprint");

-- CreateIndex
CREATE INDEX "approvals_draft_id_created_at_idx" ON "approvals"("draft_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "approvals_state_expires_at_idx" ON "approvals"("state", "expires_at");

-- CreateIndex
CREATE INDEX "payload_snapshots_draft_id_idx" ON "payload_snapshots"("draft_id");

-- CreateIndex
CREATE INDEX "payload_snapshots_approval_id_idx" ON "payload_snapshots"("approval_id");

-- CreateIndex
CREATE INDEX "triage_runs_draft_id_created_at_idx" ON "triage_runs"("draft_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "triage_runs_status_lease_until_idx" ON "triage_runs"("status", "lease_until");

-- CreateIndex
CREATE INDEX "incidents_updated_at_id_idx" ON "incidents"("updated_at" DESC, "id");

-- CreateIndex
CREATE INDEX "incidents_project_id_log_source_id_updated_at_idx" ON "incidents"("project_id", "log_source_id", "updated_at" DESC);

-- CreateIndex
CREATE INDEX "incidents_wire_fingerprint_idx" ON "incidents"("wire_fingerprint");

-- CreateIndex
CREATE INDEX "incidents_draft_id_idx" ON "incidents"("draft_id");

-- CreateIndex
CREATE INDEX "incident_aliases_incident_id_idx" ON "incident_aliases"("incident_id");

-- CreateIndex
CREATE UNIQUE INDEX "occurrences_origin_key_key" ON "occurrences"("origin_key");

-- CreateIndex
CREATE INDEX "occurrences_incident_id_received_at_idx" ON "occurrences"("incident_id", "received_at" DESC);

-- CreateIndex
CREATE INDEX "occurrences_received_at_idx" ON "occurrences"("received_at" DESC);

-- CreateIndex
CREATE INDEX "intake_answers_expires_at_idx" ON "intake_answers"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "intake_keys_key_hash_key" ON "intake_keys"("key_hash");

-- CreateIndex
CREATE INDEX "intake_keys_project_id_name_idx" ON "intake_keys"("project_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "evidence_artifacts_path_key" ON "evidence_artifacts"("path");

-- CreateIndex
CREATE INDEX "evidence_artifacts_draft_id_kind_idx" ON "evidence_artifacts"("draft_id", "kind");

-- CreateIndex
CREATE INDEX "evidence_artifacts_triage_run_id_idx" ON "evidence_artifacts"("triage_run_id");

-- CreateIndex
CREATE INDEX "evidence_artifacts_incident_id_idx" ON "evidence_artifacts"("incident_id");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_token_hash_key" ON "api_tokens"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_post_id_key" ON "deliveries"("post_id");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_idempotency_key_key" ON "deliveries"("idempotency_key");

-- CreateIndex
CREATE INDEX "deliveries_state_next_attempt_at_idx" ON "deliveries"("state", "next_attempt_at");

-- CreateIndex
CREATE INDEX "deliveries_draft_id_created_at_idx" ON "deliveries"("draft_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "deliveries_destination_id_updated_at_idx" ON "deliveries"("destination_id", "updated_at" DESC);

-- CreateIndex
CREATE INDEX "deliveries_updated_at_id_idx" ON "deliveries"("updated_at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "receipts_delivery_id_key" ON "receipts"("delivery_id");

-- CreateIndex
CREATE UNIQUE INDEX "telemetry_records_delivery_id_key" ON "telemetry_records"("delivery_id");

-- CreateIndex
CREATE INDEX "telemetry_records_destination_id_created_at_idx" ON "telemetry_records"("destination_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "memory_records_delivery_id_key" ON "memory_records"("delivery_id");

-- CreateIndex
CREATE INDEX "memory_records_category_created_at_idx" ON "memory_records"("category", "created_at" DESC);

-- CreateIndex
CREATE INDEX "memory_records_fingerprint_idx" ON "memory_records"("fingerprint");

-- AddForeignKey
ALTER TABLE "log_sources" ADD CONSTRAINT "log_sources_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "monitored_projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_regression_of_id_fkey" FOREIGN KEY ("regression_of_id") REFERENCES "drafts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_revisions" ADD CONSTRAINT "draft_revisions_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "drafts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "drafts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payload_snapshots" ADD CONSTRAINT "payload_snapshots_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approvals"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "triage_runs" ADD CONSTRAINT "triage_runs_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "drafts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "incidents"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_aliases" ADD CONSTRAINT "incident_aliases_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "occurrences" ADD CONSTRAINT "occurrences_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incidents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_project_roles" ADD CONSTRAINT "user_project_roles_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "drafts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approvals"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "payload_snapshots"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "deliveries"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "deliveries"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What Prisma's schema cannot say -------------------------------------------------------------------------

-- Two sightings of one failure racing: this index decides, not a look-up. Deleted and merged rows are history.
CREATE UNIQUE INDEX "incidents_live_identity_key" ON "incidents" ("scope_key", "fingerprint_version", "fingerprint")
  WHERE "deleted_at" IS NULL AND "merged_into_id" IS NULL;

-- What the workers claim: small, because ended deliveries leave it.
CREATE INDEX "deliveries_claimable_idx" ON "deliveries" ("next_attempt_at")
  WHERE "state" IN ('due', 'retrying', 'sending');

-- What a pause holds: usually nothing.
CREATE INDEX "drafts_held_idx" ON "drafts" ("project_id") WHERE "held";
CREATE INDEX "incidents_held_idx" ON "incidents" ("project_id") WHERE "held";

-- What the sealer has yet to number.
CREATE INDEX "audit_entries_unsealed_idx" ON "audit_entries" ("at") WHERE "sequence" IS NULL;

-- One approval in force per draft and approver.
CREATE UNIQUE INDEX "approvals_active_key" ON "approvals" ("draft_id", "actor_key") WHERE "state" = 'granted';

ALTER TABLE "monitor_settings" ADD CONSTRAINT "monitor_settings_singleton" CHECK ("id" = 1);
INSERT INTO "monitor_settings" ("id") VALUES (1);

-- Audit rows are written once. Only the sealer's columns may be filled in, and only once.
CREATE FUNCTION "audit_entries_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'audit entries cannot be removed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD."sequence" IS NOT NULL
     OR (to_jsonb(NEW) - ARRAY['sequence', 'leaf_hash', 'sealed_at']) IS DISTINCT FROM
        (to_jsonb(OLD) - ARRAY['sequence', 'leaf_hash', 'sealed_at']) THEN
    RAISE EXCEPTION 'audit entries cannot be changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "audit_entries_append_only" BEFORE UPDATE OR DELETE ON "audit_entries"
  FOR EACH ROW EXECUTE FUNCTION "audit_entries_append_only"();
CREATE TRIGGER "audit_entries_no_truncate" BEFORE TRUNCATE ON "audit_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_entries_append_only"();
