#pragma once

#include "auth/secret_file.h"
#include "lists/posts/transforms/transforms.h"
#include "tests/unit/lists/scratch_list.h"

// What one list makes of a post.
namespace majlis::lists {

class TransformedPost : public ScratchList {
 protected:
  static constexpr UnixTime kNow = 1'795'478'400;  // 2026-11-24

  TransformedPost() { EXPECT_TRUE(auth::start_crypto().ok()); }

  mail::Message copy(const std::string& config, const std::string& raw, HeaderStyle style = HeaderStyle::full) const {
    make_list("cooks", config);
    const List cooks = list("cooks");
    const mail::Message post = mail::Message::open(raw);
    PostContext context;
    context.list = &cooks;
    context.site = site_.get();
    context.post = &post;
    context.now = kNow;
    context.style = style;
    const Draft changed = transformed(Changes::post, context, Draft(post)).value();
    return mail::Message::open(transformed(Changes::copy, context, changed)->bytes());
  }
};

}  // namespace majlis::lists
