import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import type { PostureFindingWire } from "@/lib/contracts/posture";
import { AffectedObjects } from "./affected-objects";
import { FindingDraft } from "./finding-draft";
import { FindingMore } from "./finding-more";
import { fixElsewhere, fixPlace, ruleName } from "./posture-words";

/** One finding: what, why, about what, what to do, and the two ways on from here. */
export function FindingRow({ finding }: { finding: PostureFindingWire }) {
  const { title, detail, recommendation, fix, rule_id, fingerprint } = finding;
  const place = fixPlace(fix);
  const elsewhere = fixElsewhere(fix);
  return (
    <li className="flex flex-col gap-1.5 border-t border-border py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 className="min-w-0 flex-1 basis-60 font-semibold break-words">{title}</h3>
        <span className="text-12 text-muted-foreground">{ruleName(rule_id)}</span>
      </div>
      <p className="max-w-180 break-words">{detail}</p>
      <p className="max-w-180 break-words text-muted-foreground">
        {recommendation}
        {elsewhere ? ` ${elsewhere}` : null}
      </p>
      <AffectedObjects objects={finding.affected_objects} />
      <div className="mt-1 flex flex-wrap items-center gap-2">
        {place ? (
          <Button asChild size="sm" className="touch:h-11">
            <Link href={place.href}>
              {place.label}
              <ArrowRight aria-hidden />
              <span className="sr-only">: {title}</span>
            </Link>
          </Button>
        ) : null}
        <FindingDraft fingerprint={fingerprint} title={title} />
      </div>
      <FindingMore finding={finding} />
    </li>
  );
}
