import { Lock } from "lucide-react";
import { Alert } from "@/components/ui/alert";

/** Settings are readable by every role; who may not change them is told so once, at the top. */
export function ReadOnlyNotice({ role }: { role: string | undefined }) {
  return (
    <Alert
      variant="banner"
      tone="idle"
      icon={<Lock aria-hidden className="size-4" />}
      title="You can read these settings, not change them."
      className="px-4 md:px-6"
    >
      Changing them needs the admin role{role ? `; yours is ${role}` : ""}.
    </Alert>
  );
}
