ALTER TABLE "evaluation_campaigns" ADD COLUMN "scope" jsonb DEFAULT '{}'::jsonb NOT NULL;
