"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { HintBar } from "@/components/layout/hint-bar";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { Section } from "@/components/layout/section";
import { StaleNotice, useIsStale } from "@/components/layout/stale-notice";
import { plural } from "@/components/settings/words";
import { cn } from "@/components/ui/cn";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { DeploymentCardsResponseWire, DeploymentCardWire } from "@/lib/contracts/deployment-card";
import { api, cardPath } from "@/lib/paths";
import { cardsQuery } from "@/lib/queries/cards";
import { CardStanding, ReviewDue } from "./card-standing";
import { kindWords, targetName } from "./card-words";
import { DownloadMarkdown } from "./download-markdown";

/** What is deployed, for what, and who answers for it: a card each, with what it lacks and when it is looked at again. */
export function CardsScreen() {
  const isStale = useIsStale();
  const query = useQuery(cardsQuery());
  const { data } = query;
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Security" }]}
        title="Deployment cards"
        count={data ? countWords(data.counts) : undefined}
      />
      <StaleNotice />
      <PageBody className={cn("flex flex-col gap-6", isStale && "stale")}>
        <div className="flex flex-wrap items-start justify-between gap-3">
          <p className="max-w-160 min-w-0 flex-1 text-muted-foreground">
            Each thing that acts here or reports here has a card: what it is for, who answers for it, what it
            may do. What it may do is read from the inventory; the rest is for people to say, and to look at
            again.
          </p>
          <DownloadMarkdown />
        </div>
        {data ? (
          (Object.keys(kindWords) as Kind[]).map((kind) => (
            <KindSection
              key={kind}
              kind={kind}
              cards={data.cards.filter((card) => card.card_kind === kind)}
            />
          ))
        ) : query.isError ? (
          <QueryFailure
            error={query.error}
            what="Deployment cards"
            onRetry={() => void query.refetch()}
            retrying={query.isFetching}
          />
        ) : (
          <LoadingRows what="the deployment cards" count={6} />
        )}
      </PageBody>
      <HintBar hints={[]}>
        <CopyApiCall path={api.deploymentCards()} />
      </HintBar>
    </>
  );
}

type Kind = DeploymentCardWire["card_kind"];

function countWords({
  cards,
  missing_required_fields,
  overdue_reviews,
}: DeploymentCardsResponseWire["counts"]) {
  const parts = [String(cards)];
  if (missing_required_fields > 0) parts.push(`${plural(missing_required_fields, "field")} missing`);
  if (overdue_reviews > 0) parts.push(`${overdue_reviews} overdue`);
  return parts.join(", ");
}

const emptyWords: Partial<Record<Kind, string>> = {
  automation: "No runtime has registered an automation.",
  workflow: "No runtime has registered a workflow.",
  monitored_source: "No project is monitored yet.",
};

function KindSection({ kind, cards }: { kind: Kind; cards: DeploymentCardWire[] }) {
  return (
    <Section title={kindWords[kind]} count={cards.length}>
      {cards.length === 0 ? (
        <p className="text-muted-foreground">{emptyWords[kind]}</p>
      ) : (
        <Table className="md:table-fixed">
          <caption className="sr-only">{kindWords[kind]}</caption>
          <TableHeader>
            <TableRow>
              <TableHead className="md:w-2/5">Card</TableHead>
              <TableHead className="max-md:hidden">Owner</TableHead>
              <TableHead>Standing</TableHead>
              <TableHead className="max-md:hidden">Next review</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {cards.map((card) => (
              <CardRow key={card.card_id} card={card} />
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  );
}

function CardRow({ card }: { card: DeploymentCardWire }) {
  return (
    <TableRow>
      <TableCell className="min-w-28 py-1.5 whitespace-normal">
        <Link className="font-medium underline-offset-2 hover:underline" href={cardPath(card.card_id)}>
          {targetName(card.target)}
        </Link>
        <span className="block font-mono text-11 break-all text-muted-foreground">{card.target.id}</span>
      </TableCell>
      <TableCell className="whitespace-normal max-md:hidden">
        {card.business_owner ?? <span className="text-muted-foreground">nobody yet</span>}
      </TableCell>
      <TableCell>
        <CardStanding card={card} />
        <span className="mt-1 block md:hidden">
          <ReviewDue review={card.review} />
        </span>
      </TableCell>
      <TableCell className="max-md:hidden">
        <ReviewDue review={card.review} />
      </TableCell>
    </TableRow>
  );
}
