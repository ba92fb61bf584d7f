import { redirect } from "next/navigation";
import { sourcesPath } from "@/lib/paths";

/** The settings begin with what comes in. */
export default function Page() {
  redirect(sourcesPath());
}
