"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { LockedAction } from "@/components/layout/locked-action";
import { notifyFailure } from "@/components/layout/notify-failure";
import { RelativeTime } from "@/components/layout/relative-time";
import { StateLabel } from "@/components/state/state-label";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import type { TestReceiverWire, TestReceptionWire } from "@/lib/contracts/first-run";
import { destinationsPath, draftPath } from "@/lib/paths";
import { useSendTestReport, useSetUpTestReceiver } from "@/lib/queries/first-run";
import { usePermission } from "@/lib/queries/session";
import { statusQuery } from "@/lib/queries/settings";
import { TestCleanUp } from "./test-clean-up";

/** The whole way without anything outside: a report, its approval, a signed delivery to a receiver in here. */
export function TestRun({ receiver }: { receiver: TestReceiverWire }) {
  const isSetUp = Boolean(receiver.destination_id) && receiver.routed;
  return (
    <section aria-label="Test run" className="flex flex-col gap-3 border-t border-border px-2.5 py-3">
      <p className="text-12 text-muted-foreground">
        See the whole way with a test: a real report is drafted, you approve it, and it is delivered, signed,
        to a receiver inside this product. Nothing leaves this server.
      </p>
      {isSetUp ? <SendTest receiver={receiver} /> : <SetUp />}
      {receiver.test_reports.length > 0 ? <TestReports receiver={receiver} /> : null}
      {receiver.destination_id || receiver.test_reports.length > 0 ? (
        <TestCleanUp receiver={receiver} />
      ) : null}
    </section>
  );
}

function SetUp() {
  const permission = usePermission("configure");
  const setUp = useSetUpTestReceiver();
  const announce = useAnnounce();
  if (permission.known && !permission.allowed)
    return (
      <LockedAction unlocks="Setting it up needs the admin role.">Set up the test receiver</LockedAction>
    );
  return (
    <div className="flex flex-col items-start gap-1">
      <Button
        size="sm"
        pending={setUp.isPending}
        onClick={() =>
          setUp.mutate(undefined, {
            onSuccess: () => announce("The test receiver is set up."),
            onError: (error) => notifyFailure("Not set up", error),
          })
        }
      >
        Set up the test receiver
      </Button>
      <p className="text-12 text-muted-foreground">
        Adds a destination and a route for test reports alone, to be seen under{" "}
        <Link href={destinationsPath()} className="link">
          Destinations
        </Link>
        .
      </p>
    </div>
  );
}

const noProject = "none";

function SendTest({ receiver }: { receiver: TestReceiverWire }) {
  const permission = usePermission("report");
  const projects = useQuery(statusQuery()).data?.config.monitored_projects ?? [];
  const [chosen, setChosen] = useState<string>();
  const projectId = chosen ?? projects[0]?.project_id ?? noProject;
  const send = useSendTestReport();
  const announce = useAnnounce();
  if (permission.known && !permission.allowed)
    return <LockedAction unlocks="Reporting needs the triager role.">Send a test report</LockedAction>;
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Field label="Project" className="min-w-36 flex-1">
        {(control) => (
          <Select value={projectId} onValueChange={setChosen}>
            <SelectTrigger {...control}>
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              {projects.map((project) => (
                <SelectItem key={project.project_id} value={project.project_id}>
                  {project.name || project.project_id}
                </SelectItem>
              ))}
              <SelectItem value={noProject}>No project</SelectItem>
            </SelectContent>
          </Select>
        )}
      </Field>
      <Button
        className="touch:w-full"
        pending={send.isPending}
        onClick={() =>
          send.mutate(projectId === noProject ? undefined : projectId, {
            onSuccess: () => announce("The test report was sent. Its draft waits for approval."),
            onError: (error) => notifyFailure("Not sent", error),
          })
        }
      >
        {receiver.test_reports.length > 0 ? "Send another" : "Send a test report"}
      </Button>
    </div>
  );
}

const shown = 3;

function TestReports({ receiver }: { receiver: TestReceiverWire }) {
  return (
    <ul aria-label="Test reports" className="flex flex-col">
      {receiver.test_reports.slice(0, shown).map((report) => {
        const taken = receiver.receptions.find((each) => each.draft_id === report.draft_id);
        return (
          <li key={report.draft_id} className="flex flex-col gap-1 border-t border-border py-2">
            <div className="flex items-baseline gap-2">
              <span className="min-w-0 flex-1 truncate font-medium">
                Test report{report.project_id ? `, ${report.project_id}` : ""}
              </span>
              <RelativeTime value={report.created_at_ms} />
            </div>
            {taken ? (
              <Reception taken={taken} draftId={report.draft_id} />
            ) : (
              <Waiting draftId={report.draft_id} />
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Waiting({ draftId }: { draftId: string }) {
  return (
    <p className="text-12 text-muted-foreground">
      <Link href={draftPath(draftId)} className="link">
        Review, approve and publish it
      </Link>
      ; what the receiver took is shown here.
    </p>
  );
}

function Reception({ taken, draftId }: { taken: TestReceptionWire; draftId: string }) {
  return (
    <div className="flex flex-col gap-0.5">
      <StateLabel state="published" word="Received, signature valid" />
      <p className="text-12 text-muted-foreground">
        {taken.body_bytes.toLocaleString("en-GB")} bytes, <RelativeTime value={taken.received_at_ms} />
        {taken.arrivals > 1 ? `, ${taken.arrivals} times under one key` : ""}.{" "}
        <Link href={draftPath(draftId)} className="link">
          See the draft and its receipt
        </Link>
      </p>
    </div>
  );
}
