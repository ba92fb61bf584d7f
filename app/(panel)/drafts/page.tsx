import type { Metadata } from "next";
import { NoSelection } from "@/components/drafts/no-selection";

// Not the layout's: a title of its own there would take the product's name off the drafts below it.
export const metadata: Metadata = { title: "Drafts" };

export default function Page() {
  return <NoSelection />;
}
