"use client";

import { CloudOff } from "lucide-react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { TimeInput } from "./format-time";
import { RelativeTime } from "./relative-time";

type StaleBannerProps = {
  since: TimeInput;
  /** "The live stream is down." */
  why: string;
  onReconnect?: () => void;
  reconnecting?: boolean;
};

/** The last truth stays and is dated. Put the class `stale` on what it covers, so its colour drains. */
export function StaleBanner({ since, why, onReconnect, reconnecting }: StaleBannerProps) {
  return (
    <Alert
      tone="waiting"
      variant="banner"
      icon={<CloudOff aria-hidden className="size-4" />}
      title={
        <>
          Stale since <RelativeTime value={since} format="minute" />.
        </>
      }
      action={
        onReconnect ? (
          <Button size="xs" onClick={onReconnect} pending={reconnecting}>
            Reconnect
          </Button>
        ) : null
      }
    >
      {why}
    </Alert>
  );
}
