import { Disclosure } from "@/components/drafts/disclosure";
import { counted } from "@/components/drafts/draft-words";
import { EvidenceLink } from "@/components/evidence/evidence-link";
import { RedactedText } from "@/components/state/redacted-text";
import type { InspectionWire } from "@/lib/contracts/triage-phase";
import { FindingList } from "./finding-list";
import { LookedAt } from "./looked-at";
import { frameWords, mentionWords } from "./triage-words";

/** What was read of the project: the frames and where they are, files that are named, the log around it. */
export function InspectFindings({ content, scope }: { content: InspectionWire; scope: string }) {
  return (
    <>
      <FindingList findings={content.findings} scope={scope} />
      <Frames frames={content.frames} />
      {content.mentions.length > 0 ? (
        <Disclosure summary={`${counted(content.mentions.length, "file")} that speak of it`}>
          <ul className="flex flex-col gap-1 pt-0.5 pl-4.5 text-12">
            {content.mentions.map((mention) => (
              <li key={`${mention.path}:${mention.line} ${mention.because}`} className="min-w-0">
                <span className="font-mono break-all">
                  {mention.path}
                  {mention.line === null ? null : `:${mention.line}`}
                </span>{" "}
                <span className="text-muted-foreground">{mentionWords[mention.because]}</span>
                <span className="block font-mono break-all text-muted-foreground">
                  <RedactedText text={mention.text} />
                </span>
              </li>
            ))}
          </ul>
        </Disclosure>
      ) : null}
      {content.log_neighbours.length > 0 ? (
        <Disclosure summary="The log around it">
          <ul className="flex flex-col gap-0.5 pt-0.5 pl-4.5 font-mono text-12">
            {content.log_neighbours.map((reference) => (
              <li key={reference} className="break-all">
                <EvidenceLink reference={reference} />
              </li>
            ))}
          </ul>
        </Disclosure>
      ) : null}
      <LookedAt lookedAt={content.looked_at} />
    </>
  );
}

/** The project's own frames and where they are; those of libraries and the runtime are counted. */
function Frames({ frames }: { frames: InspectionWire["frames"] }) {
  const own = [
    ...new Map(frames.filter(({ origin }) => origin === "app").map((each) => [each.text, each])).values(),
  ];
  const others = frames.filter(({ origin }) => origin !== "app").length;
  if (frames.length === 0) return null;
  return (
    <Disclosure summary={`${counted(own.length, "frame")} of the project's own`}>
      <ol className="flex flex-col gap-1 pt-0.5 pl-4.5 text-12">
        {own.map((frame) => (
          <li key={frame.text} className="min-w-0">
            <span className="font-mono break-all">
              <RedactedText text={frame.text} />
            </span>
            <span className="block text-muted-foreground">
              {frameWords[frame.state]}
              {frame.path ? `: ${frame.path}${frame.line === null ? "" : `:${frame.line}`}` : null}
            </span>
          </li>
        ))}
      </ol>
      {others > 0 ? (
        <p className="pt-1 pl-4.5 text-12 text-muted-foreground">
          {counted(others, "frame")} of libraries and the runtime {others === 1 ? "was" : "were"} not looked
          for.
        </p>
      ) : null}
    </Disclosure>
  );
}
