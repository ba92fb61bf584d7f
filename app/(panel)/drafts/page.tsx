import { NoSelection } from "@/components/drafts/no-selection";

export default function Page() {
  return <NoSelection />;
}
