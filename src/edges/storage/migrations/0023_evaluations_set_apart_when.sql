ALTER TABLE "evaluations" ADD COLUMN "apart_at" timestamp with time zone;
