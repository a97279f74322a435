/** The peer as a server process: `DATABASE_URL`, `JWT_SECRET`, `PORT`. */
// oxlint-disable-next-line import/no-unassigned-import -- Nest asks for the global that it defines.
import "reflect-metadata";
import { Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import { BookingsController } from "./BookingsController.ts";
import { BookingsService } from "./BookingsService.ts";
import { JwtGuard } from "./JwtGuard.ts";
import { PrismaService } from "./PrismaService.ts";

@Module({ controllers: [BookingsController], providers: [BookingsService, JwtGuard, PrismaService] })
// oxlint-disable-next-line typescript/no-extraneous-class -- A module of Nest is what its decorator says.
class AppModule {}

const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter({ logger: false }), {
  logger: ["error", "warn"],
});
app.enableShutdownHooks();
await app.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1");
