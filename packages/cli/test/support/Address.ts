import { createServer, type AddressInfo, type Server } from "node:net";

/** A port that another program has, until it is closed. */
export const takenPort = (): Promise<{ readonly port: number; readonly server: Server }> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => resolve({ port: (server.address() as AddressInfo).port, server }));
  });
