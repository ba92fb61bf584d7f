import { RelativeTime } from "@/components/layout/relative-time";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";

type StaleEditBannerProps = { savedAtMs: number; onCompare: () => void };

/** Two people edit the same settings: said as soon as it is known, not only when saving. */
export function StaleEditBanner({ savedAtMs, onCompare }: StaleEditBannerProps) {
  return (
    <Alert
      variant="banner"
      tone="waiting"
      title="Somebody else saved these settings"
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
