"use client";

import { useQuery } from "@tanstack/react-query";
import { Siren } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { plural } from "@/components/settings/words";
import { Alert } from "@/components/ui/alert";
import { breakGlassPath } from "@/lib/paths";
import { breakGlassCountsQuery } from "@/lib/queries/approvals";
import { usePermission } from "@/lib/queries/session";

/** Every admin and auditor is told, on every screen, until somebody else has judged it. */
export function BreakGlassBanner() {
  const permission = usePermission("reviewBreakGlass");
  const counts = useQuery({ ...breakGlassCountsQuery(), enabled: permission.allowed }).data;
  const pathname = usePathname();
  if (!permission.allowed || !counts || counts.open === 0 || pathname === breakGlassPath()) return null;
  return (
    <Alert
      variant="banner"
      tone={counts.overdue > 0 ? "failed" : "waiting"}
      role="status"
      icon={<Siren aria-hidden className="size-4" />}
      title="The glass was broken."
      action={
        <Link href={breakGlassPath()} className="flex-none font-medium underline underline-offset-2">
          Review
        </Link>
      }
    >
      {plural(counts.open, "use")} to be reviewed by somebody else
      {counts.overdue > 0 ? `, ${counts.overdue} overdue` : ""}.
    </Alert>
  );
}
