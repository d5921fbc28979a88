setup-title = إعداد هذه المحطة
setup-messages = الرسائل والصوت
setup-hear = اسمع الإنذار
setup-code = الرمز
setup-label = الاسم
setup-code-what = حروف كبيرة وأرقام وشرطات، مثل EC1-01. يسري الرمز والاسم من التشغيل التالي للبرنامج.
setup-continue = متابعة إلى تسجيل الدخول
setup-skip = ليس الآن
