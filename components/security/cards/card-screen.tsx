"use client";

import { useQuery } from "@tanstack/react-query";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { HintBar } from "@/components/layout/hint-bar";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { RecordPanes } from "@/components/layout/record-panes";
import { StaleNotice } from "@/components/layout/stale-notice";
import type { CardMetadataResponseWire, DeploymentCardWire } from "@/lib/contracts/deployment-card";
import { api, cardsPath } from "@/lib/paths";
import { cardMetadataQuery, cardQuery } from "@/lib/queries/cards";
import { CardFacts } from "./card-facts";
import { CardForm } from "./card-form";
import { CardHistory } from "./card-history";
import { CardReview } from "./card-review";
import { CardStanding } from "./card-standing";
import { targetName } from "./card-words";
import { DownloadMarkdown } from "./download-markdown";

/** One card: what people say of it to edit, and beside it what follows from the inventory and who said what when. */
export function CardScreen({ cardId }: { cardId: string }) {
  const cards = useQuery(cardQuery(cardId));
  const stored = useQuery(cardMetadataQuery(cardId));
  const card = cards.data?.cards[0];
  const failed = [stored, cards].find((each) => each.isError && !each.data);
  const name = card ? targetName(card.target) : stored.data?.card_id;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Security" },
          { label: "Deployment cards", href: cardsPath() },
          ...(name ? [{ label: name }] : []),
        ]}
        title={failed ? "Deployment card" : undefined}
        backHref={cardsPath()}
        backLabel="Deployment cards"
      />
      <StaleNotice />
      {failed?.error ? (
        <PageBody>
          <QueryFailure
            error={failed.error}
            what="This deployment card"
            back={{ href: cardsPath(), label: "All deployment cards" }}
            onRetry={() => void failed.refetch()}
            retrying={failed.isFetching}
          />
        </PageBody>
      ) : stored.data && cards.data ? (
        <RecordPanes
          main={<Main card={card} stored={stored.data} />}
          asideLabel="What is known of it"
          aside={
            <div className="flex flex-col gap-6">
              {card ? <CardFacts card={card} /> : null}
              <CardHistory versions={stored.data.versions} />
            </div>
          }
        />
      ) : (
        <PageBody>
          <LoadingRows what="the deployment card" count={8} />
        </PageBody>
      )}
      <HintBar hints={[]}>
        <CopyApiCall path={api.cardMetadata(cardId)} />
      </HintBar>
    </>
  );
}

type MainProps = { card: DeploymentCardWire | undefined; stored: CardMetadataResponseWire };

function Main({ card, stored }: MainProps) {
  return (
    <>
      <div className="flex min-w-0 flex-col gap-2">
        <h1 className="text-16 font-semibold break-words">
          {card ? targetName(card.target) : stored.card_id}
        </h1>
        <div className="flex flex-wrap items-center gap-3">
          {card ? <CardStanding card={card} /> : null}
          <span className="font-mono text-12 break-all text-muted-foreground">{stored.card_id}</span>
        </div>
        {card ? null : (
          <p className="text-muted-foreground">
            What this card is of is not there any more. What was said of it stays, and comes back with it.
          </p>
        )}
      </div>
      {card ? (
        <div className="flex flex-wrap items-center gap-3">
          <CardReview card={card} stored={stored} />
          <DownloadMarkdown cardId={card.card_id} />
        </div>
      ) : null}
      <CardForm key={stored.card_id} stored={stored} missing={card?.missing_fields ?? []} />
    </>
  );
}
