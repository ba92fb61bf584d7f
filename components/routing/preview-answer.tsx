import { Fragment } from "react";
import { namedWords } from "@/components/drafts/quorum-words";
import { MoreSettings } from "@/components/settings/more-settings";
import { plural } from "@/components/settings/words";
import { StateLabel } from "@/components/state/state-label";
import { Alert } from "@/components/ui/alert";
import type { RoutePreviewWire } from "@/lib/contracts/route-preview";
import { useNames } from "@/lib/queries/names";
import { PreviewPayloads } from "./preview-payloads";
import { PreviewReadiness } from "./preview-readiness";
import { PreviewShadow } from "./preview-shadow";
import { PreviewTrace } from "./preview-trace";

type PreviewAnswerProps = {
  preview: RoutePreviewWire;
  updating: boolean;
  /** When the server answered: readiness is that of then. */
  checkedAtMs: number;
  /** What the source may reach, where it may not reach everything. */
  allowedIds: readonly string[] | null;
};

/** The answer as a sentence: where, because of which route, whether a person must approve and why; then what blocks. */
export function PreviewAnswer({ preview, updating, checkedAtMs, allowedIds }: PreviewAnswerProps) {
  const gaps = preview.source_readiness_warnings;
  return (
    <div className="flex flex-col gap-4" aria-busy={updating}>
      <Alert tone={preview.blocked ? "waiting" : "needs"} icon={null} className="text-13 leading-5">
        <Where preview={preview} /> <Approval preview={preview} />
      </Alert>
      {preview.blocked ? (
        <div className="flex flex-col gap-1.5">
          <StateLabel
            state="blocked"
            word="Nothing would be sent as it stands:"
            className="whitespace-normal"
          />
          <ul className="flex list-disc flex-col gap-1 pl-5 text-12">
            {preview.blocked_reasons.map((reason) => (
              <li key={reason}>{reason.replaceAll("`", "").replaceAll(".;", ";")}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <PreviewReadiness preview={preview} checkedAtMs={checkedAtMs} allowedIds={allowedIds} />
      <PreviewTrace trace={preview.trace} />
      <PreviewShadow preview={preview} />
      <PreviewPayloads preview={preview} />
      {gaps.length > 0 ? (
        <MoreSettings title="The source" summary={`${plural(gaps.length, "gap")} in what is known of it`}>
          <ul className="flex list-disc flex-col gap-1 pl-5 text-12">
            {gaps.map((gap) => (
              <li key={gap}>{gap}</li>
            ))}
          </ul>
        </MoreSettings>
      ) : null}
    </div>
  );
}

function Where({ preview }: { preview: RoutePreviewWire }) {
  const name = useNames();
  const ids = preview.effective_destination_ids;
  const winner = preview.trace.findIndex((route) => route.outcome === "won");
  const route = preview.trace[winner];
  const joined = preview.trace.filter((each) => each.outcome === "joined").map((each) => each.route_name);
  if (ids.length === 0) return <>Goes nowhere: no route matched and there is no default destination.</>;
  return (
    <>
      Goes to <Names names={ids.map(name.destination)} />{" "}
      {route ? (
        <>
          because route {winner + 1}, <b className="font-semibold">{route.route_name}</b>, matched first
          {joined.length > 0 ? (
            <>
              , looked on, and <Names names={joined} /> added to it
            </>
          ) : null}
          .
        </>
      ) : (
        <>because no route matched; these are the defaults.</>
      )}
    </>
  );
}

function Approval({ preview }: { preview: RoutePreviewWire }) {
  const { named, unreachable } = preview.approval;
  const because = preview.approval.because.map(clause).join("; ");
  return preview.approval.required ? (
    <>
      <b className="font-semibold">A person must approve:</b> {because}.
      {named.map((each) => ` ${namedWords(each, undefined)}.`).join("")}
      {unreachable.length > 0 ? (
        <span role="status" className="block text-destructive">
          {unreachable.map((each) => `${each.message}.`).join(" ")}
        </span>
      ) : null}
    </>
  ) : (
    <>No approval is needed: {because}.</>
  );
}

function Names({ names }: { names: readonly string[] }) {
  return names.map((name, index) => (
    <Fragment key={name}>
      {index === 0 ? "" : index === names.length - 1 ? " and " : ", "}
      <b className="font-semibold">{name}</b>
    </Fragment>
  ));
}

/** A reason as part of our sentence. One that begins with a destination's name keeps its capital. */
function clause({ code, message }: RoutePreviewWire["approval"]["because"][number]): string {
  return code === "destination_requires" ? message : message.charAt(0).toLowerCase() + message.slice(1);
}
