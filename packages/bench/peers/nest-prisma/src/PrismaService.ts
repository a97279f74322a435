import { Injectable, type OnApplicationShutdown, type OnModuleInit } from "@nestjs/common";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../dist/prisma/client.ts";

/** A name for each text of a query, so that a connection plans it once; without one Prisma has every query planned anew. */
const statementNames = () => {
  const names = new Map<string, string>();
  return ({ sql }: { readonly sql: string }): string => {
    const name = names.get(sql) ?? `q${names.size}`;
    names.set(sql, name);
    return name;
  };
};

/** With more, each booking cost more processor time on the two cores it was tuned on; see README.md. */
const DEFAULT_CONNECTIONS = 8;

@Injectable()
export class PrismaService extends PrismaClient implements OnModuleInit, OnApplicationShutdown {
  constructor() {
    const connectionString = process.env["DATABASE_URL"] ?? "";
    const max = Number(process.env["CONNECTIONS"] ?? DEFAULT_CONNECTIONS);
    super({
      adapter: new PrismaPg(
        { connectionString, max, min: max },
        process.env["PREPARED"] === "no" ? {} : { statementNameGenerator: statementNames() },
      ),
      transactionOptions: { maxWait: 10_000, timeout: 10_000 },
    });
  }

  async onModuleInit(): Promise<void> {
    await this.$connect();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.$disconnect();
  }
}
