native-alarm = { $severity }: { $kind }
native-seat = المقعد { $seat }
native-folded = { $n ->
    [one] حادث واحد في { $place }
    [two] حادثان في { $place }
    [few] { $n } حوادث في { $place }
   *[other] { $n } حادثاً في { $place }
}
native-folded-halls = { $n ->
    [one] حادث واحد في عدة قاعات
    [two] حادثان في عدة قاعات
    [few] { $n } حوادث في عدة قاعات
   *[other] { $n } حادثاً في عدة قاعات
}
native-loud = { $critical } حرجة، { $high } عالية.
native-missed = { $n ->
    [one] حدث واحد أثناء غياب هذه المحطة
    [two] حدثان أثناء غياب هذه المحطة
    [few] { $n } أحداث أثناء غياب هذه المحطة
   *[other] { $n } حدثاً أثناء غياب هذه المحطة
}
native-missed-none = لا حادث بينها عالٍ أو حرج.
native-missed-critical = من الحوادث بينها: { $critical } حرجة.
native-missed-high = من الحوادث بينها: { $high } عالية.
native-missed-both = من الحوادث بينها: { $critical } حرجة، { $high } عالية.
native-report = الإبلاغ عن حادث
native-open = فتح
native-quit = إنهاء
native-line-live = مباشر
native-line-catching-up = لحاق
native-line-reconnecting = إعادة الاتصال
native-line-offline = غير متصل، محفوظ في هذه المحطة
native-line-auth-required = سجّل الدخول مجدداً
native-line-signed-out = لا أحد مسجل
native-to-send = { $n } للإرسال
native-decide = { $n ->
    [one] واحد بحاجة إلى قرارك
    [two] اثنان بحاجة إلى قرارك
   *[other] { $n } بحاجة إلى قرارك
}
native-critical = { $n } حرجة لم تُستلم
native-menu-file = ملف
native-menu-go = انتقال
native-menu-window = نافذة
native-menu-help = مساعدة
native-wall = شاشة جدارية
native-monitor = المتابعة
native-incidents = الحوادث
native-batches = الدفعات
native-timetable = الجدول
native-review = المراجعة
native-hall = عرض القاعة
native-notifications = الإشعارات
native-settings = الإعدادات
native-keys = كل المفاتيح
native-diagnostics = التشخيص
native-assigned = أصبحت الحالة لك
native-assigned-by = أسندها { $name }.
native-silent = { $station } صامتة
native-silent-words = لم تُسمع منذ 60 ثانية. ما يُبلَّغ هناك محفوظ هناك.
native-asks = { $station } تطلب السماح لها
native-asks-words = قارن مفتاحها قبل السماح لها: الإعدادات، المحطات.
native-batch-differs = { $code } لا تطابق السجل
native-batch-counted = خُتمت بعدد { $n } من الأوراق والحاضرون { $present }.
native-batch-disputed = { $code } محل نزاع
native-batch-late = لم تُستلم { $code } في الموعد
native-batch-way = من { $from } إلى { $to }.
native-timetable-published = نُشر الجدول، الإصدار { $n }
native-timetable-changed = تغيّر الجدول
native-trial = الرسائل تصل هنا
native-trial-words = هكذا تبدو رسالة من البرنامج.
native-acknowledge = إقرار
native-folded-news = { $n ->
    [one] رسالة واحدة
    [two] رسالتان
    [few] { $n } رسائل
   *[other] { $n } رسالة
}
native-timetable-version = الإصدار { $n }
