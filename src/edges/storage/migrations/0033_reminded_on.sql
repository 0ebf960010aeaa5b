ALTER TABLE "evaluations" ADD COLUMN "reminded_on" date;
