CREATE TABLE "contract_comment_words" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" serial NOT NULL,
	"comment_id" uuid NOT NULL,
	"act" text NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"closing" text,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"name" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "contract_comments" ADD COLUMN "asked_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "contract_comments" ADD COLUMN "due_on" date;
--> statement-breakpoint
ALTER TABLE "contract_comments" ADD COLUMN "closing" text;
--> statement-breakpoint
ALTER TABLE "contract_comments" ADD COLUMN "closed_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "contract_comment_words" ADD CONSTRAINT "contract_comment_words_comment_id_contract_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."contract_comments"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "contract_comment_words_comment" ON "contract_comment_words" USING btree ("comment_id","number");
--> statement-breakpoint
CREATE INDEX "contract_comment_words_person" ON "contract_comment_words" USING btree ("tenant_id","object_id");
--> statement-breakpoint
UPDATE "contract_comments" SET "closed_at" = "answered_at" WHERE "answer" IS NOT NULL AND "kind" IN ('supplierComplaint', 'offerComplaint');
