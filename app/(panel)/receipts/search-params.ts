import { postListQuerySchema } from "@/lib/contracts/post";
import type { PostFilters } from "@/lib/queries/posts";

const { q, status, destination_id } = postListQuerySchema.shape;

/** The filters of the list as its URL says them; what is not understood narrows nothing. */
export function postFiltersFrom(params: Record<string, string | string[] | undefined>): PostFilters {
  return {
    q: q.catch(undefined).parse(params.q || undefined),
    status: status.catch(undefined).parse(params.status),
    destination_id: destination_id.catch(undefined).parse(params.destination_id || undefined),
  };
}
