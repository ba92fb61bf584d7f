"use client";

import { useQuery } from "@tanstack/react-query";
import { shortId } from "@/components/drafts/draft-words";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { HintBar } from "@/components/layout/hint-bar";
import { IdText } from "@/components/layout/id-text";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { RecordPanes } from "@/components/layout/record-panes";
import { StaleNotice } from "@/components/layout/stale-notice";
import { api, receiptsPath } from "@/lib/paths";
import { postQuery } from "@/lib/queries/posts";
import { AttemptsSection } from "./attempts-section";
import { HeldBack } from "./held-back";
import { PortableReceipt } from "./portable-receipt";
import { ReceiptHeader } from "./receipt-header";
import { ReceiptSlip } from "./receipt-slip";
import { SameDraft } from "./same-draft";
import { SentPayload } from "./sent-payload";
import { VerifySignature } from "./verify-signature";

/** One delivery: its attempts and what was sent left, the slip that proves it right. */
export function ReceiptScreen({ postId }: { postId: string }) {
  const record = useQuery(postQuery(postId));
  const detail = record.data;
  return (
    <>
      <PageHeader
        backHref={receiptsPath()}
        backLabel="Receipts"
        crumbs={[
          { label: "Receipts", href: receiptsPath() },
          {
            label: (
              <IdText
                id={postId}
                kind="receipt id"
                words={
                  <>
                    <span className="font-sans">Receipt</span> {shortId(postId)}
                  </>
                }
                className="max-w-full"
              />
            ),
          },
        ]}
      />
      <StaleNotice />
      {detail ? (
        <RecordPanes
          asideLabel="Receipt"
          asideClassName="bg-muted"
          main={
            <>
              <ReceiptHeader detail={detail} />
              <HeldBack post={detail.post} />
              <AttemptsSection detail={detail} />
              {detail.post.destination_kind === "webhook" ? <VerifySignature /> : null}
              <SentPayload detail={detail} />
            </>
          }
          aside={
            <div className="flex flex-col gap-5">
              <ReceiptSlip detail={detail} />
              <PortableReceipt post={detail.post} />
              <SameDraft post={detail.post} />
            </div>
          }
        />
      ) : (
        <PageBody padded={false}>
          <h1 className="sr-only">Receipt {postId}</h1>
          {record.isError ? (
            <QueryFailure
              error={record.error}
              what="This receipt"
              back={{ href: receiptsPath(), label: "All receipts" }}
              onRetry={() => void record.refetch()}
              retrying={record.isFetching}
            />
          ) : (
            <LoadingRows what="the receipt" shape="form" count={4} className="px-4 py-5 md:px-6" />
          )}
        </PageBody>
      )}
      <HintBar
        hints={[
          { keys: ["c"], label: "copy as curl" },
          { keys: ["?"], label: "all keys" },
        ]}
      >
        <CopyApiCall path={api.post(postId)} />
      </HintBar>
    </>
  );
}
