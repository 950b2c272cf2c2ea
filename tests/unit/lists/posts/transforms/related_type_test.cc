#include <gmock/gmock.h>

#include "tests/unit/lists/posts/transforms/transformed_post.h"

namespace majlis::lists {
namespace {

using testing::HasSubstr;
using testing::Not;

class RelatedType : public TransformedPost {
 protected:
  static std::string part(const std::string& fields, const std::string& body) { return "--b\n" + fields + "\n" + body; }
  static std::string post(const std::string& parameters, const std::string& parts) {
    return "From: ann@example.com\nMIME-Version: 1.0\nContent-Type: multipart/related" + parameters +
           "; boundary=b\n\n" + parts + "--b--\n";
  }
  // What it says of its root, and the parts in it.
  void expect(const std::string& config, const std::string& raw, const std::string& type,
              const std::vector<std::string>& types) const {
    const mail::Message sent = copy(config, raw);
    ASSERT_FALSE(sent.scan().is_ambiguous()) << sent.bytes();
    EXPECT_THAT(sent.field("Content-Type").value_or(""), HasSubstr("type=\"" + type + "\"")) << sent.bytes();
    std::vector<std::string> found;
    for (const mail::Part& each : sent.scan().parts) found.push_back(each.type);
    EXPECT_EQ(found, types);
  }

  const std::string page_ = part("Content-Type: text/html\nContent-ID: <page@x>\n", "<p>Rice</p>\n");
  const std::string image_ = part("Content-Type: image/png\nContent-ID: <image@x>\n", "x\n");
  const std::string alternative_ =
      part("Content-Type: multipart/alternative; boundary=c\nContent-ID: <page@x>\n",
           "--c\nContent-Type: text/plain\n\nRice\n--c\nContent-Type: text/html\n\n<p>Rice</p>\n--c--\n");
};

TEST_F(RelatedType, NamesTheTextThatThePageBecame) {
  expect("html = text\n", post("; type=\"text/html\"", page_ + image_), "text/plain",
         {"multipart/related", "text/plain", "image/png"});
  expect("html = text\n", post("; start=\"<page@x>\"; type=\"text/html\"", image_ + page_), "text/plain",
         {"multipart/related", "image/png", "text/plain"});
}

TEST_F(RelatedType, NamesTheTextThatAnAlternativeCollapsedTo) {
  for (const char* config : {"html = text\n", "html = keep\ncollapse_alternatives = yes\n"}) {
    expect(config, post("; type=\"multipart/alternative\"", alternative_ + image_), "text/plain",
           {"multipart/related", "text/plain", "image/png"});
    const std::string second = post("; start=\"<page@x>\"; type=\"multipart/alternative\"", image_ + alternative_);
    expect(config, second, "text/plain", {"multipart/related", "image/png", "text/plain"});
    EXPECT_THAT(copy(config, second).field("Content-Type").value_or(""), HasSubstr("start=\"<page@x>\""));
  }
}

TEST_F(RelatedType, StaysWhereTheRootIsWhatItWas) {
  const std::string wanted = post("; type=\"text/html\"", page_ + image_);
  EXPECT_THAT(std::string(copy("html = clean\n", wanted).bytes()),
              HasSubstr("multipart/related; type=\"text/html\"; b"));
}

TEST_F(RelatedType, StaysWhereTheAuthorsProgramWasWrong) {
  const std::string wrong = post("; type=\"text/xml\"", page_ + image_);
  EXPECT_THAT(std::string(copy("html = text\n", wrong).bytes()), HasSubstr("; type=\"text/xml\"; boundary"));
}

TEST_F(RelatedType, DoesNotNameARootThatIsGone) {
  const std::string raw = post("; start=\"<page@x>\"; type=\"text/html\"", page_ + image_);
  make_list("cooks", "html = keep\nattachments = no\n");
  const List cooks = list("cooks");
  const mail::Message message = mail::Message::open(raw);
  ContentFindings content{.is_in_force = true, .found = {}};
  content.found.push_back({.part = 1, .block = {}, .why = {ReasonId::too_many_held, {}}});
  PostContext context;
  context.list = &cooks;
  context.site = site_.get();
  context.post = &message;
  context.content = &content;
  const mail::Message sent = mail::Message::open(transformed(Changes::post, context, Draft(message))->bytes());
  const std::string field = sent.field("Content-Type").value_or("");
  EXPECT_THAT(field, HasSubstr("type=\"text/plain\""));
  EXPECT_THAT(field, Not(HasSubstr("start")));
}

}  // namespace
}  // namespace majlis::lists
