ALTER TABLE "kickoff_mail_notes" ADD COLUMN "state" text;
