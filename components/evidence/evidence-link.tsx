import Link from "next/link";
import { isWebLink } from "@/components/layout/web-link";
import { RedactedText } from "@/components/state/redacted-text";
import { evidencePath } from "@/lib/paths";
import { isEvidenceReference } from "./read-evidence";

/** A reference of a record. Ours open what was kept; plain web addresses lead there; anything else stays text. */
export function EvidenceLink({ reference }: { reference: string }) {
  if (isEvidenceReference(reference)) {
    return (
      <Link href={evidencePath(reference)} className="link font-normal">
        {reference}
      </Link>
    );
  }
  if (!isWebLink(reference)) return <RedactedText text={reference} />;
  return (
    <a href={reference} target="_blank" rel="noopener noreferrer nofollow" className="link font-normal">
      {reference}
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}
