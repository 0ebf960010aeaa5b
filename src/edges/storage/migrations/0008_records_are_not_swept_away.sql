-- What rests on a record keeps it: nothing public goes with a row that is deleted. Whoever means it deletes from below.
-- The release before, beside this one, is refused a deletion that would have swept records away: it loses nothing, and
-- the person asks again.
ALTER TABLE "scenario_seals" DROP CONSTRAINT "scenario_seals_acquisition_id_acquisitions_id_fk";
--> statement-breakpoint
ALTER TABLE "memberships" DROP CONSTRAINT "memberships_tenant_id_object_id_people_tenant_id_object_id_fk";
--> statement-breakpoint
ALTER TABLE "needs_delegations" DROP CONSTRAINT "needs_delegations_acquisition_id_acquisitions_id_fk";
--> statement-breakpoint
ALTER TABLE "escalation_askers" DROP CONSTRAINT "escalation_askers_escalation_id_escalations_id_fk";
--> statement-breakpoint
ALTER TABLE "kickoff_confirmations" DROP CONSTRAINT "kickoff_confirmations_kickoff_id_kickoffs_id_fk";
--> statement-breakpoint
ALTER TABLE "kickoffs" DROP CONSTRAINT "kickoffs_acquisition_id_acquisitions_id_fk";
--> statement-breakpoint
ALTER TABLE "kickoff_slots" DROP CONSTRAINT "kickoff_slots_kickoff_id_kickoffs_id_fk";
--> statement-breakpoint
ALTER TABLE "evaluations" DROP CONSTRAINT "evaluations_campaign_id_evaluation_campaigns_id_fk";
--> statement-breakpoint
ALTER TABLE "evaluation_scores" DROP CONSTRAINT "evaluation_scores_evaluation_id_evaluations_id_fk";
--> statement-breakpoint
ALTER TABLE "evaluation_sections" DROP CONSTRAINT "evaluation_sections_evaluation_id_evaluations_id_fk";
--> statement-breakpoint
ALTER TABLE "evaluation_submissions" DROP CONSTRAINT "evaluation_submissions_evaluation_id_evaluations_id_fk";
--> statement-breakpoint
ALTER TABLE "contract_amendments" DROP CONSTRAINT "contract_amendments_contract_id_contracts_id_fk";
--> statement-breakpoint
ALTER TABLE "contract_duties_done" DROP CONSTRAINT "contract_duties_done_contract_id_contracts_id_fk";
--> statement-breakpoint
ALTER TABLE "contract_followers" DROP CONSTRAINT "contract_followers_contract_id_contracts_id_fk";
--> statement-breakpoint
ALTER TABLE "contract_invoices" DROP CONSTRAINT "contract_invoices_contract_id_contracts_id_fk";
--> statement-breakpoint
ALTER TABLE "contract_references" DROP CONSTRAINT "contract_references_contract_id_contracts_id_fk";
--> statement-breakpoint
ALTER TABLE "contract_terminations" DROP CONSTRAINT "contract_terminations_contract_id_contracts_id_fk";
--> statement-breakpoint
ALTER TABLE "broadcast_acknowledgements" DROP CONSTRAINT "broadcast_acknowledgements_broadcast_id_broadcasts_id_fk";
--> statement-breakpoint
ALTER TABLE "broadcast_corrections" DROP CONSTRAINT "broadcast_corrections_broadcast_id_broadcasts_id_fk";
--> statement-breakpoint
ALTER TABLE "broadcast_installs" DROP CONSTRAINT "broadcast_installs_broadcast_id_broadcasts_id_fk";
--> statement-breakpoint
ALTER TABLE "broadcast_reviews" DROP CONSTRAINT "broadcast_reviews_broadcast_id_broadcasts_id_fk";
--> statement-breakpoint
ALTER TABLE "acquisition_facts" DROP CONSTRAINT "acquisition_facts_acquisition_id_acquisitions_id_fk";
--> statement-breakpoint
ALTER TABLE "acquisition_members" DROP CONSTRAINT "acquisition_members_acquisition_id_acquisitions_id_fk";
--> statement-breakpoint
ALTER TABLE "acquisition_record" DROP CONSTRAINT "acquisition_record_acquisition_id_acquisitions_id_fk";
--> statement-breakpoint
ALTER TABLE "scenario_seals" ADD CONSTRAINT "scenario_seals_acquisition_id_acquisitions_id_fk" FOREIGN KEY ("acquisition_id") REFERENCES "public"."acquisitions"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_tenant_id_object_id_people_tenant_id_object_id_fk" FOREIGN KEY ("tenant_id","object_id") REFERENCES "public"."people"("tenant_id","object_id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "needs_delegations" ADD CONSTRAINT "needs_delegations_acquisition_id_acquisitions_id_fk" FOREIGN KEY ("acquisition_id") REFERENCES "public"."acquisitions"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "escalation_askers" ADD CONSTRAINT "escalation_askers_escalation_id_escalations_id_fk" FOREIGN KEY ("escalation_id") REFERENCES "public"."escalations"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "kickoff_confirmations" ADD CONSTRAINT "kickoff_confirmations_kickoff_id_kickoffs_id_fk" FOREIGN KEY ("kickoff_id") REFERENCES "public"."kickoffs"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "kickoffs" ADD CONSTRAINT "kickoffs_acquisition_id_acquisitions_id_fk" FOREIGN KEY ("acquisition_id") REFERENCES "public"."acquisitions"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "kickoff_slots" ADD CONSTRAINT "kickoff_slots_kickoff_id_kickoffs_id_fk" FOREIGN KEY ("kickoff_id") REFERENCES "public"."kickoffs"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "evaluations" ADD CONSTRAINT "evaluations_campaign_id_evaluation_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."evaluation_campaigns"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "evaluation_scores" ADD CONSTRAINT "evaluation_scores_evaluation_id_evaluations_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluations"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "evaluation_sections" ADD CONSTRAINT "evaluation_sections_evaluation_id_evaluations_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluations"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "evaluation_submissions" ADD CONSTRAINT "evaluation_submissions_evaluation_id_evaluations_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluations"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "contract_amendments" ADD CONSTRAINT "contract_amendments_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "contract_duties_done" ADD CONSTRAINT "contract_duties_done_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "contract_followers" ADD CONSTRAINT "contract_followers_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "contract_invoices" ADD CONSTRAINT "contract_invoices_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "contract_references" ADD CONSTRAINT "contract_references_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "contract_terminations" ADD CONSTRAINT "contract_terminations_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "broadcast_acknowledgements" ADD CONSTRAINT "broadcast_acknowledgements_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "broadcast_corrections" ADD CONSTRAINT "broadcast_corrections_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "broadcast_installs" ADD CONSTRAINT "broadcast_installs_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "broadcast_reviews" ADD CONSTRAINT "broadcast_reviews_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "acquisition_facts" ADD CONSTRAINT "acquisition_facts_acquisition_id_acquisitions_id_fk" FOREIGN KEY ("acquisition_id") REFERENCES "public"."acquisitions"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "acquisition_members" ADD CONSTRAINT "acquisition_members_acquisition_id_acquisitions_id_fk" FOREIGN KEY ("acquisition_id") REFERENCES "public"."acquisitions"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "acquisition_record" ADD CONSTRAINT "acquisition_record_acquisition_id_acquisitions_id_fk" FOREIGN KEY ("acquisition_id") REFERENCES "public"."acquisitions"("id") ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
-- One job forgets what is kept no longer: the nightly ones of before have nothing left to do.
DO $$
BEGIN
  IF to_regclass('pgboss.schedule') IS NOT NULL THEN
    DELETE FROM pgboss.schedule WHERE name IN ('broadcasts.purge', 'catalogue.purge', 'contracts.purge',
      'delivery.purge', 'evaluations.purge', 'kickoff.purge', 'knowledge.purge');
  END IF;
END
$$;
