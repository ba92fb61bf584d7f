"use client";

import { useSyncExternalStore } from "react";
import { Disclosure } from "@/components/drafts/disclosure";
import { CodeBlock } from "@/components/layout/code-block";
import { Fact, Facts } from "@/components/layout/facts";
import { IdText } from "@/components/layout/id-text";
import type { PostureFindingWire } from "@/lib/contracts/posture";
import { fixCommand } from "./fix-command";

const never = () => () => {};

/** Where it is seen, what it is known by, and the fix as a call of the API. */
export function FindingMore({ finding }: { finding: PostureFindingWire }) {
  const origin = useSyncExternalStore(
    never,
    () => location.origin,
    () => "",
  );
  const call = finding.fix.kind === "setting" ? finding.fix.api_call : undefined;
  const command = call && fixCommand(call, origin);
  return (
    <Disclosure summary={command ? "Evidence and the fix as an API call" : "Evidence"}>
      <div className="flex max-w-180 flex-col gap-3 pt-2">
        <Facts>
          <Fact term="Finding">
            <IdText id={finding.finding_id} kind="finding id" />
          </Fact>
          <Fact term="Fingerprint" mono>
            <span className="break-all">{finding.fingerprint}</span>
          </Fact>
          <Fact term="Rule" mono>
            {finding.rule_id}, {finding.category}
          </Fact>
          <Fact term="Seen at" mono>
            <ul>
              {finding.evidence_refs.map(({ path }) => (
                <li key={path} className="break-all">
                  {path}
                </li>
              ))}
            </ul>
          </Fact>
        </Facts>
        {command ? (
          <CodeBlock title="Fix it from a shell" label="The fix as a command" copy={command} wrap>
            {command}
          </CodeBlock>
        ) : null}
      </div>
    </Disclosure>
  );
}
