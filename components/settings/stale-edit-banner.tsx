import { RelativeTime } from "@/components/layout/relative-time";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { LastSaver } from "./use-last-saver";

type StaleEditBannerProps = { saver: LastSaver; savedAtMs: number; onCompare: () => void };

/** Two people edit the same settings: said as soon as it is known, not only when saving. */
export function StaleEditBanner({ saver, savedAtMs, onCompare }: StaleEditBannerProps) {
  return (
    <Alert
      variant="banner"
      tone="waiting"
      title={saver.isMe ? "You saved these settings somewhere else" : `${saver.name} saved these settings`}
      className="border-t px-4 md:px-6"
      action={
        <Button size="xs" onClick={onCompare}>
          Compare
        </Button>
      }
    >
      <RelativeTime value={savedAtMs} />. Your changes are kept here, made to the version before.
    </Alert>
  );
}
