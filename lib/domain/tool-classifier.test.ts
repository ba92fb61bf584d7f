import { describe, expect, it } from "vitest";
import { classifyTool, type ToolVerdict, toolsNeedingApproval } from "./tool-classifier";

describe("what a tool may do, by its name", () => {
  it.each<[string, ToolVerdict["toolClass"], ToolVerdict["because"]]>([
    ["read", "read_only", "exact"],
    ["grep", "read_only", "exact"],
    ["Bash", "approval_required", "exact"],
    ["apply-patch", "approval_required", "exact"],
    ["webfetch", "configurable", "exact"],
    ["get_issue", "read_only", "read_prefix"],
    ["mcp.github.list_pull_requests", "read_only", "read_prefix"],
    ["mcp.github.getIssue", "read_only", "read_prefix"],
    ["mcp__linear__search_issues", "read_only", "read_prefix"],
    ["mcp.gmail.list_messages", "read_only", "read_prefix"],
    ["mcp.gmail.draft", "approval_required", "write_namespace"],
    ["payments.capture", "approval_required", "write_namespace"],
    ["mcp.slack.post_message", "approval_required", "write_verb"],
    ["mcp.slack.postMessage", "approval_required", "write_verb"],
    ["create_issue", "approval_required", "write_verb"],
    ["message_send", "approval_required", "write_verb"],
    ["mcp.crm.contact-delete", "approval_required", "write_verb"],
    ["find_and_delete", "approval_required", "write_verb"],
    ["get_or_create_user", "approval_required", "write_verb"],
    ["list_deleted_items", "read_only", "read_prefix"],
    ["get", "read_only", "read_prefix"],
    ["summarise", "configurable", "unknown"],
    ["sendgrid_status", "configurable", "unknown"],
    ["", "configurable", "unknown"],
    ["constructor", "configurable", "unknown"],
    ["*", "approval_required", "wildcard"],
    ["mcp.github.*", "approval_required", "wildcard"],
    ["mcp.*.get_issue", "approval_required", "wildcard"],
    ["mcp.github.get_*", "read_only", "read_prefix"],
    ["mcp.github.find_and_delete_*", "approval_required", "wildcard"],
    ["get*", "approval_required", "wildcard"],
  ])("%s is %s by %s", (name, toolClass, because) => {
    expect(classifyTool(name)).toEqual({ toolClass, because });
  });
});

it("the deny-list takes out what it names, and no wildcard", () => {
  const allowed = ["read", "send_email", " ", "delete_user", "*"];
  expect(toolsNeedingApproval(allowed)).toEqual(["send_email", "delete_user", "*"]);
  expect(toolsNeedingApproval(allowed, ["Send_Email", "delete_*"])).toEqual(["delete_user", "*"]);
});
