import { ConflictException, ForbiddenException, Inject, Injectable, NotFoundException } from "@nestjs/common";
import { createHash } from "node:crypto";
import { v7 as uuidV7 } from "uuid";
import { Prisma } from "../dist/prisma/client.ts";
import type { Booked, BookSession } from "./BookSession.ts";
import type { Caller } from "./Caller.ts";
import { PrismaService } from "./PrismaService.ts";

interface Attempt {
  readonly caller: Caller;
  readonly key: string;
  readonly requestHash: string;
  readonly membershipId: string;
  readonly answer: Booked;
  readonly now: Date;
}

const MAY_BOOK = new Set(["owner", "manager", "front_desk"]);

/** The ways to take a seat without overselling that were compared; the first is the fastest and the default. */
const ways = ["batch", "interactive", "forUpdate"] as const;

@Injectable()
export class BookingsService {
  private readonly prisma: PrismaService;
  private readonly way = ways.find((way) => way === process.env["WAY"]) ?? ways[0];

  constructor(@Inject(PrismaService) prisma: PrismaService) {
    this.prisma = prisma;
  }

  async book(caller: Caller, key: string, command: BookSession): Promise<Booked> {
    const { tenantId, actorId } = caller;
    const { memberId, sessionInstanceId } = command;
    if (actorId !== memberId && !caller.roles.some((role) => MAY_BOOK.has(role))) throw new ForbiddenException();
    const now = new Date();
    const requestHash = createHash("sha256").update(`${memberId} ${sessionInstanceId}`).digest("hex");
    const membershipId = await this.refuseEarly(tenantId, command, now);
    if (membershipId === undefined) return this.replayOr(caller, key, requestHash, full());
    const answer: Booked = {
      id: uuidV7(),
      tenantId,
      memberId,
      sessionInstanceId,
      status: "booked",
      createdAt: now.toISOString(),
    };
    try {
      await this[this.way]({ caller, key, requestHash, membershipId, answer, now });
      return answer;
    } catch (error) {
      return this.replayOr(caller, key, requestHash, refusal(error));
    }
  }

  /** What can be told without a lock; most attempts on a session that is full end here. Bookeds no membership then. */
  private async refuseEarly(tenantId: string, { memberId, sessionInstanceId }: BookSession, now: Date) {
    const session = await this.prisma.sessionInstance.findUnique({
      where: { tenantId_id: { tenantId, id: sessionInstanceId } },
      select: { startTime: true, status: true, seatsTaken: true, capacity: true },
    });
    if (session === null) throw new NotFoundException("There is no such session");
    if (session.status !== "scheduled") throw new ConflictException("The session is not scheduled");
    if (session.startTime <= now) throw new ConflictException("Booking has closed");
    if (session.seatsTaken >= session.capacity) return undefined;
    const membership = await this.prisma.membership.findFirst({
      where: { tenantId, memberId, status: "active", startDate: { lte: now }, creditsLeft: { gte: 1 } },
      select: { id: true },
    });
    if (membership === null) throw new ForbiddenException("No membership covers this");
    return membership.id;
  }

  /** The same request sent again is answered as it was; any other is refused. */
  private async replayOr({ tenantId, actorId }: Caller, key: string, requestHash: string, refused: unknown) {
    const kept = await this.prisma.idempotencyKey.findUnique({
      where: { tenantId_actorId_key: { tenantId, actorId, key } },
      select: { requestHash: true, answer: true },
    });
    if (kept === null) throw refused;
    if (kept.requestHash !== requestHash)
      throw new ConflictException("The idempotency key was used for another request");
    return kept.answer as unknown as Booked;
  }

  /** Every statement of the transaction at once, in one call; the seat is taken on condition, and its failure undoes the rest. */
  private async batch(attempt: Attempt): Promise<void> {
    await this.prisma.$transaction([
      this.claim(this.prisma, attempt),
      this.takeSeat(this.prisma, attempt),
      ...this.writes(this.prisma, attempt),
    ]);
  }

  /** The same statements one by one, as an interactive transaction. */
  private async interactive(attempt: Attempt): Promise<void> {
    await this.prisma.$transaction(async (transaction) => {
      await this.claim(transaction, attempt);
      await this.takeSeat(transaction, attempt);
      for (const write of this.writes(transaction, attempt)) await write;
    });
  }

  /** The session's row locked first, and decided on in JavaScript. */
  private async forUpdate(attempt: Attempt): Promise<void> {
    const { tenantId, sessionInstanceId } = attempt.answer;
    await this.prisma.$transaction(async (transaction) => {
      await this.claim(transaction, attempt);
      const [session] = await transaction.$queryRaw<ReadonlyArray<{ seats_taken: number; capacity: number }>>`
        select seats_taken, capacity from session_instance
        where tenant_id = ${tenantId}::uuid and id = ${sessionInstanceId}::uuid for no key update`;
      if (session === undefined || session.seats_taken >= session.capacity) throw full();
      await transaction.sessionInstance.update({
        where: { tenantId_id: { tenantId, id: sessionInstanceId } },
        data: { seatsTaken: { increment: 1 }, updatedAt: attempt.now },
        select: { id: true },
      });
      for (const write of this.writes(transaction, attempt)) await write;
    });
  }

  private claim(prisma: Prisma.TransactionClient, { caller, key, requestHash, answer, now }: Attempt) {
    const { tenantId, actorId } = caller;
    return prisma.idempotencyKey.create({
      data: { tenantId, actorId, key, requestHash, answer: { ...answer }, createdAt: now },
      select: { key: true },
    });
  }

  private takeSeat(prisma: Prisma.TransactionClient, { answer, now }: Attempt) {
    return prisma.sessionInstance.update({
      where: {
        tenantId_id: { tenantId: answer.tenantId, id: answer.sessionInstanceId },
        status: "scheduled",
        startTime: { gt: now },
        seatsTaken: { lt: this.prisma.sessionInstance.fields.capacity },
      },
      data: { seatsTaken: { increment: 1 }, updatedAt: now },
      select: { id: true },
    });
  }

  /** What a seat that is taken leaves behind. Prisma sends a query when it is awaited, not when it is made. */
  private writes(prisma: Prisma.TransactionClient, { caller, membershipId, answer, now }: Attempt) {
    const { tenantId, actorId, actorType } = caller;
    const { id: bookingId, memberId, sessionInstanceId, status } = answer;
    const about = { tenantId, entityType: "Booking", entityId: bookingId, actorId, actorType, createdAt: now };
    const data = { memberId, sessionInstanceId, status };
    return [
      prisma.membership.update({
        where: { tenantId_id: { tenantId, id: membershipId }, status: "active", creditsLeft: { gte: 1 } },
        data: { creditsLeft: { decrement: 1 }, updatedAt: now },
        select: { id: true },
      }),
      prisma.booking.create({
        data: { tenantId, id: bookingId, memberId, sessionInstanceId, status, createdAt: now },
        select: { id: true },
      }),
      prisma.creditEntry.create({
        data: { tenantId, id: uuidV7(), membershipId, bookingId, kind: "hold", credits: 1, createdAt: now },
        select: { id: true },
      }),
      prisma.auditEntry.create({
        data: { ...about, id: uuidV7(), action: "SeatBooked", metadata: data },
        select: { id: true },
      }),
      prisma.outboxEvent.create({ data: { ...about, id: uuidV7(), type: "SeatBooked", data }, select: { id: true } }),
    ] as const;
  }
}

const full = () => new ConflictException("The session is full");

/** P2025: the condition of an update did not hold. P2002: a unique key is taken. */
const refusal = (error: unknown): unknown => {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return error;
  if (error.code === "P2025") return error.meta?.["modelName"] === "Membership" ? new ForbiddenException() : full();
  return error.code === "P2002" ? new ConflictException("The member has a seat in this session") : error;
};
