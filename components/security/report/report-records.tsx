import Link from "next/link";
import type { AssessmentSectionsWire } from "@/lib/contracts/assessment-sections";
import { auditPath, incidentPath, receiptPath } from "@/lib/paths";
import { ReportPart } from "./report-part";
import { ReportTable } from "./report-table";
import { exactly, words } from "./report-words";

const countWords = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([word, count]) => `${words(word)} ${count}`)
    .join(", ") || "none";

/** The records that the report rests on: counted whole, the newest listed. */
export function ReportRecords({ sections }: { sections: AssessmentSectionsWire }) {
  const { incidents_and_evidence_refs: incidents, destination_receipts: receipts } = sections;
  return (
    <>
      <ReportPart id="incidents" title="Incidents" count={incidents.counts.incidents} newPage>
        <p className="text-muted-foreground">
          By kind of source: {countWords(incidents.counts.by_source_kind)}.
        </p>
        <ReportTable
          caption="Incidents, last changed first"
          heads={["Incident", "Status", "Risk", "Source kind", "Seen", "Evidence", "Changed"]}
          rows={incidents.incidents.map((each) => ({
            key: each.incident_id,
            cells: [
              <Link
                key="id"
                href={incidentPath(each.incident_id)}
                className="link font-mono text-12 break-all"
              >
                {each.incident_id}
              </Link>,
              words(each.status),
              each.risk_level ?? "",
              words(each.source_kind ?? "unknown"),
              each.occurrence_count,
              each.evidence_refs.length,
              exactly(each.updated_at_ms),
            ],
          }))}
          total={incidents.counts.incidents}
        />
      </ReportPart>
      <ReportPart id="receipts" title="Receipts" count={receipts.counts.receipts}>
        <p className="text-muted-foreground">By status: {countWords(receipts.counts.by_status)}.</p>
        <ReportTable
          caption="Deliveries and their receipts, last changed first"
          heads={["Receipt", "Destination", "Status", "Receipt held", "Changed"]}
          rows={receipts.receipts.map((each) => ({
            key: each.post_id,
            cells: [
              <Link key="id" href={receiptPath(each.post_id)} className="link font-mono text-12 break-all">
                {each.post_id}
              </Link>,
              `${words(each.destination_kind)} ${each.destination_id}`,
              each.status,
              each.receipt_present ? "yes" : "no",
              exactly(each.updated_at_ms),
            ],
          }))}
          total={receipts.counts.receipts}
        />
      </ReportPart>
      <AuditAndExport out={sections.external_audit_export} total={sections.self_monitoring_boundary} />
    </>
  );
}

type AuditAndExportProps = {
  out: AssessmentSectionsWire["external_audit_export"];
  total: AssessmentSectionsWire["self_monitoring_boundary"];
};

function AuditAndExport({ out, total }: AuditAndExportProps) {
  const { route_preview: route } = out;
  const where = route.effective_destination_ids.join(", ") || "nowhere";
  return (
    <ReportPart id="audit" title="Audit and export" count={total.protected_monitor_audit_events}>
      <p className="max-w-180">
        {out.claim}{" "}
        <Link href={auditPath()} className="link" data-print="hidden">
          Open the audit
        </Link>
      </p>
      <p className="max-w-180">
        A draft that carries this report would go to {where}
        {route.approval_required ? ", once a person has approved it" : ""}
        {route.blocked ? `; it is blocked by ${route.blocked_reasons.map(words).join(", ")}` : ""}. Nothing
        was sent.
      </p>
      <ReportTable
        caption="Entries of the audit, newest first; names of what they hold, no values"
        heads={["No.", "Event", "At", "Holds", "Leaf hash"]}
        rows={out.records.map((each) => ({
          key: each.event_id,
          cells: [
            each.seq ?? "unsealed",
            each.event_type,
            exactly(each.created_at_ms),
            each.payload_keys.join(", "),
            <span key="hash" className="font-mono text-11 break-all">
              {each.record_hash ?? ""}
            </span>,
          ],
        }))}
        total={total.protected_monitor_audit_events}
      />
    </ReportPart>
  );
}
