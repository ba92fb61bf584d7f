import { filesOverMcp } from "@/lib/domain/issue-way";
import type { DestinationAdapter } from "./destination";
import type { TrackerAdapter } from "./tracker";

/** A tracker reached by its own API or through an MCP server: which one is the row's to say (see `filesOverMcp`). */
export function eitherWay(own: DestinationAdapter, overMcp: TrackerAdapter): TrackerAdapter {
  const { issues } = own;
  if (!issues) throw new Error(`${own.kind} is no issue tracker`);
  const direct = { ...own, issues };
  const wayOf = (...[row]: Parameters<DestinationAdapter["renderTest"]>) =>
    filesOverMcp(row) ? overMcp : direct;
  return {
    kind: own.kind,
    retriesLostReplies: false,
    readiness: (row, ...rest) => wayOf(row).readiness(row, ...rest),
    render: (row, ...rest) => wayOf(row).render(row, ...rest),
    renderTest: (row, ...rest) => wayOf(row).renderTest(row, ...rest),
    // What was rendered for a server says so itself.
    seal: (payload, envelope) => (payload.content.mcp ? overMcp : direct).seal(payload, envelope),
    publish: (row, ...rest) => wayOf(row).publish(row, ...rest),
    issues: {
      find: (row, ...rest) => wayOf(row).issues.find(row, ...rest),
      look: (row, ...rest) => wayOf(row).issues.look(row, ...rest),
      comment: (row, ...rest) => wayOf(row).issues.comment(row, ...rest),
    },
  };
}
