import Link from "next/link";
import { RelativeTime } from "@/components/layout/relative-time";
import { Section } from "@/components/layout/section";
import { RedactedText } from "@/components/state/redacted-text";
import { Alert } from "@/components/ui/alert";
import { cn } from "@/components/ui/cn";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { BacktestResultWire, BacktestRowWire } from "@/lib/contracts/backtest";
import type { RouteWire } from "@/lib/contracts/config";
import { incidentPath } from "@/lib/paths";
import { BacktestCells } from "./backtest-cells";
import {
  backtestSentence,
  changeCounts,
  changeWord,
  graveChanges,
  outcomeWords,
  routeWords,
} from "./backtest-words";

type BacktestResultProps = { result: BacktestResultWire; ordered: readonly RouteWire[] };

/** The answer as a sentence, then counts, the newest at a glance, and every incident that would differ. */
export function BacktestResult({ result, ordered }: BacktestResultProps) {
  const counts = changeCounts(result);
  const grave = counts.some(({ change }) => graveChanges.includes(change));
  return (
    <div className="flex flex-col gap-4" data-slot="backtest-result">
      <Alert tone={grave ? "waiting" : "needs"} icon={null} className="text-13 leading-5">
        <b className="font-semibold">{backtestSentence(result)}</b>
        {result.truncated ? " Only the newest were looked at: there are more than the limit." : null}
        {counts.length > 0 ? (
          <ul className="mt-1 flex flex-col">
            {counts.map(({ change, count }) => (
              <li key={change} className={cn(graveChanges.includes(change) && "font-medium")}>
                {count} {changeWord[change]}
              </li>
            ))}
          </ul>
        ) : null}
      </Alert>
      <BacktestCells rows={result.newest} ordered={ordered} />
      <ByRoute routes={result.summary.routes} />
      {result.examples.length > 0 ? <Changed rows={result.examples} /> : null}
    </div>
  );
}

function ByRoute({ routes }: { routes: BacktestResultWire["summary"]["routes"] }) {
  if (routes.length === 0) return null;
  return (
    <Section title="Which route decides" level={3}>
      <Table>
        <TableHeader>
          <TableRow>
            <TableHead>Route</TableHead>
            <TableHead align="right">Now</TableHead>
            <TableHead align="right">With this</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {routes.map((route) => (
            <TableRow key={route.route_id ?? ""}>
              <TableCell>{routeWords(route)}</TableCell>
              <TableCell align="right">{route.before}</TableCell>
              <TableCell align="right" className={cn(route.before !== route.after && "font-semibold")}>
                {route.after}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}

function Changed({ rows }: { rows: readonly BacktestRowWire[] }) {
  return (
    <Section title="What would differ" level={3} count={rows.length}>
      <ul className="flex flex-col">
        {rows.map((row) => (
          <li
            key={row.draft_id}
            className="flex flex-col gap-1 border-t border-border py-2 text-12 leading-5"
          >
            <p className="flex min-w-0 items-baseline gap-2">
              <Link href={incidentPath(row.incident_id)} className="link min-w-0 truncate text-13">
                <RedactedText text={row.title} />
              </Link>
              <RelativeTime value={row.at_ms} className="ml-auto text-muted-foreground" />
            </p>
            <dl className="grid grid-cols-2 gap-x-3">
              {(["before", "after"] as const).map((side) => (
                <div key={side} className="min-w-0">
                  <dt className="text-muted-foreground">{side === "before" ? "Now" : "With this"}</dt>
                  <dd className="break-words">
                    <span className="font-medium">{outcomeWords(row[side])}</span>
                    <span className="block text-muted-foreground">{routeWords(row[side])}</span>
                  </dd>
                </div>
              ))}
            </dl>
            <p className="text-muted-foreground">
              {row.changes.map((change) => changeWord[change]).join(", ")}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
