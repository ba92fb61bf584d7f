"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { ActionFailure } from "@/components/layout/action-failure";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { approvalsDuePath, draftPath } from "@/lib/paths";
import { ApiError } from "@/lib/queries/api-error";
import { useOpenNotificationLink } from "@/lib/queries/notifications";

/** The last step of a message's link. A page that is only looked at (by a scanner of mail, too) uses nothing up. */
export function OpenNotice({ token }: { token: string }) {
  const open = useOpenNotificationLink();
  const router = useRouter();
  const isRefused = open.error instanceof ApiError;
  return (
    <>
      <PageHeader title="Approval due" crumbs={[{ label: "Message" }]} />
      <PageBody>
        <div className="flex max-w-130 flex-col items-start gap-4">
          <p>
            You were told that a draft waits for a decision. The link opens its review once. Nothing is
            approved or denied by opening it.
          </p>
          {open.isError ? (
            <ActionFailure
              what="Not opened."
              error={open.error}
              next="The draft is in the queue, if you may see it."
              className="w-full"
            />
          ) : null}
          <div className="flex flex-wrap gap-2">
            {isRefused ? (
              <Button asChild>
                <Link href={approvalsDuePath()}>See what waits</Link>
              </Button>
            ) : (
              <Button
                variant="default"
                pending={open.isPending || open.isSuccess}
                onClick={() =>
                  open.mutate(token, {
                    onSuccess: ({ draft_id, digest }) =>
                      router.replace(draftPath(draft_id, { told: digest })),
                  })
                }
              >
                Open the review
              </Button>
            )}
          </div>
        </div>
      </PageBody>
    </>
  );
}
