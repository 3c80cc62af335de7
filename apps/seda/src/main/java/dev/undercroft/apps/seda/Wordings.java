package dev.undercroft.apps.seda;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Refusals;
import java.util.Map;

/** What the rules of the database are called towards people. */
final class Wordings {

  static final Refusals REFUSALS =
      new Refusals(
          Map.of(
              "messages_author_not_muted",
              Problem.of(
                      "SEDA_MUTED", ProblemKind.FORBIDDEN, "you are muted and cannot send messages")
                  .withRemedy("Wait until the mute has run out."),
              "messages_parent_same_room",
              Problem.of(
                      "SEDA_PARENT_ELSEWHERE",
                      ProblemKind.INPUT,
                      "the message to reply to is in another room")
                  .withRemedy("Reply in the room of that message.")
                  .with("pointer", "/parentId"),
              "messages_reply_depth",
              Problem.of(
                      "SEDA_REPLY_TO_REPLY",
                      ProblemKind.INPUT,
                      "the message to reply to is a reply itself")
                  .withRemedy("Reply to the message that began the thread.")
                  .with("pointer", "/parentId"),
              "messages_parent_id_fkey",
              Problem.of(
                      "SEDA_PARENT_UNKNOWN",
                      ProblemKind.INPUT,
                      "there is no such message to reply to")
                  .withRemedy("Reload the room.")
                  .with("pointer", "/parentId"),
              "reactions_message_id_user_id_emoji_key",
              Problem.of(
                      "SEDA_REACTION_TWICE",
                      ProblemKind.INPUT,
                      "you have reacted with this emoji already")
                  .withRemedy("Each emoji once per message."),
              "room_memberships_user_id_fkey",
              Problem.of("SEDA_USER_UNKNOWN", ProblemKind.NOT_FOUND, "there is no such user")
                  .withRemedy("Name the user by id."),
              "verification_requests_one_open_key",
              Problem.of(
                      "SEDA_VERIFICATION_OPEN",
                      ProblemKind.CONFLICT,
                      "you have a verification request that is not decided yet")
                  .withRemedy("Wait for it, or let it expire.")));

  private Wordings() {}
}
