import { isServer, QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api-error";

/** Lists stay fresh through the event stream; polling is only the net under it. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        refetchOnWindowFocus: true,
        // A page that waits for the second try of a record that is not there is a slow page: the browser asks again itself.
        retry: isServer ? false : retriesInBrowser,
      },
    },
  });
}

function retriesInBrowser(failures: number, error: Error): boolean {
  return failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500);
}

let browserClient: QueryClient | undefined;

/** One client per tab; a new one per request on the server, where sharing would leak between people. */
export function queryClient(): QueryClient {
  if (isServer) return makeQueryClient();
  browserClient ??= makeQueryClient();
  return browserClient;
}
