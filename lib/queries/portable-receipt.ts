import { useMutation } from "@tanstack/react-query";
import { api } from "@/lib/paths";
import { getFile } from "./api-error";

/** Saves a receipt to where the browser puts downloads, byte for byte as the server wrote it. Answers the file's name. */
export function useDownloadReceipt(postId: string) {
  return useMutation({
    mutationFn: async () => {
      const content = await getFile(api.portableReceipt(postId));
      const name = `receipt-${postId}.json`;
      const url = URL.createObjectURL(content);
      const link = Object.assign(document.createElement("a"), { href: url, download: name });
      link.click();
      URL.revokeObjectURL(url);
      return name;
    },
  });
}
