package dev.undercroft.apps.seda;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.util.List;
import java.util.UUID;

/** Messages and reactions over HTTP. */
final class MessageRoutes {

  private static final Parameter ROOM = Parameter.path("id", UUID.class, "the room");
  private static final Parameter MESSAGE = Parameter.path("id", UUID.class, "the message");

  private final Messages messages;
  private final MessagePages pages;
  private final Reactions reactions;
  private final Politeness politeness;

  MessageRoutes(Messages messages, MessagePages pages, Reactions reactions, Politeness politeness) {
    this.messages = messages;
    this.pages = pages;
    this.reactions = reactions;
    this.politeness = politeness;
  }

  /** A page of messages, newest first. */
  record MessageList(List<MessageView> messages) {}

  /** A new text. */
  record Edit(String text) {}

  /** A reaction. */
  record Emoji(String emoji) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/chat/rooms/{id}/messages", "Messages of a room, newest first")
            .with(ROOM)
            .with(
                Parameter.query("limit", Integer.class, "how many")
                    .between(1, MessagePages.MOST)
                    .byDefault(String.valueOf(MessagePages.USUAL_LIMIT)))
            .with(Parameter.query("cursor", UUID.class, "continue after this message"))
            .with(Parameter.query("parentId", UUID.class, "only replies to this message"))
            .answers(MessageList.class)
            .openTo(Audience.TENANT)
            .handledBy(politeness.polite(this::page)));
    routes.add(
        Route.post("/chat/rooms/{id}/messages", "Says something in a room")
            .with(ROOM)
            .takes(Messages.Draft.class)
            .answers(201, MessageView.class)
            .openTo(Audience.TENANT)
            .handledBy(politeness.polite(this::send)));
    routes.add(
        Route.patch("/chat/messages/{id}", "Says it in other words")
            .with(MESSAGE)
            .takes(Edit.class)
            .answers(MessageView.class)
            .openTo(Audience.TENANT)
            .handledBy(politeness.polite(this::edit)));
    declareDeeds(routes);
  }

  private void declareDeeds(Routes routes) {
    routes.add(
        Route.delete("/chat/messages/{id}", "Deletes a message")
            .with(MESSAGE)
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(politeness.polite(this::delete)));
    routes.add(
        Route.post("/chat/messages/{id}/reactions", "Reacts to a message")
            .with(MESSAGE)
            .takes(Emoji.class)
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(politeness.polite(this::react)));
    routes.add(
        Route.delete("/chat/messages/{id}/reactions/{emoji}", "Takes a reaction back")
            .with(MESSAGE)
            .with(Parameter.path("emoji", String.class, "the emoji"))
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(politeness.polite(this::takeBack)));
  }

  private Response page(Request request) {
    MessagePages.Asked asked =
        new MessagePages.Asked(
            request.path("id", UUID.class),
            request.query("cursor", UUID.class),
            request.query("parentId", UUID.class),
            request.query("limit", Integer.class).orElse(MessagePages.USUAL_LIMIT));
    return Response.ok(new MessageList(pages.getMessages(request.caller(), asked)));
  }

  private Response send(Request request) {
    UUID room = request.path("id", UUID.class);
    Messages.Draft draft = request.body(Messages.Draft.class);
    MessageView message = messages.sendMessage(request.caller(), room, draft);
    return Response.created("/chat/messages/" + message.id(), message);
  }

  private Response edit(Request request) {
    UUID message = request.path("id", UUID.class);
    String text = request.body(Edit.class).text();
    return Response.ok(messages.editMessage(request.caller(), message, text));
  }

  private Response delete(Request request) {
    messages.deleteMessage(request.caller(), request.path("id", UUID.class));
    return Response.ok(new Said("Message deleted"));
  }

  private Response react(Request request) {
    String emoji = request.body(Emoji.class).emoji();
    reactions.addReaction(request.caller(), request.path("id", UUID.class), emoji);
    return Response.ok(new Said("Reaction added"));
  }

  private Response takeBack(Request request) {
    String emoji = request.path("emoji", String.class);
    reactions.removeReaction(request.caller(), request.path("id", UUID.class), emoji);
    return Response.ok(new Said("Reaction removed"));
  }
}
