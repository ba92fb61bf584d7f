import { isWebLink } from "@/components/layout/web-link";
import { RedactedText } from "@/components/state/redacted-text";

/** References the reporter gave. Only plain web addresses become links, and they show where they lead. */
export function EvidenceRefs({ references }: { references: readonly string[] }) {
  if (references.length === 0) return null;
  return (
    <ul aria-label="References" className="flex flex-col gap-0.5">
      {references.map((reference) => (
        <li key={reference} className="min-w-0 font-mono text-12 leading-5 break-all">
          {isWebLink(reference) ? (
            <a
              href={reference}
              target="_blank"
              rel="noopener noreferrer nofollow"
              className="link font-normal"
            >
              {reference}
              <span className="sr-only"> (opens in a new tab)</span>
            </a>
          ) : (
            <RedactedText text={reference} />
          )}
        </li>
      ))}
    </ul>
  );
}
